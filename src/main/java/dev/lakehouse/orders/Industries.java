package dev.lakehouse.orders;

import java.util.List;

/** The industries that there are; a value is one of them exactly, or none. */
public final class Industries {
    public static final List<String> ALL = List.of(
            "Agriculture",
            "Colours",
            "Cleaning",
            "Construction",
            "Cosmetics",
            "Food",
            "Lubricants",
            "Oil&Gas",
            "Pharmaceuticals",
            "Polymer");

    private Industries() {}
}
