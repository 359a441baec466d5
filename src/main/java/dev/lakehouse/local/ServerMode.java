package dev.lakehouse.local;

import java.util.Locale;

/** Where a server runs. */
enum ServerMode {
    OWN,
    EMBEDDED,
    CONTAINERS;

    /** As the home's file and the option of the command write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
