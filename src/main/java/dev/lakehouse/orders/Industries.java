package dev.lakehouse.orders;

import java.util.List;

/** The list of industries. A value must equal one of them exactly. */
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
