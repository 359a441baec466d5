package dev.lakehouse.local;

import java.util.Locale;

/** How a server is run. */
enum ServerMode {
    OWN,
    EMBEDDED,
    CONTAINERS;

    /** The word in the home's file and in the option. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
