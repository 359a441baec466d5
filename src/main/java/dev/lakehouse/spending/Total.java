package dev.lakehouse.spending;

import java.math.BigDecimal;

/** What a group spent. */
record Total(AgeGroup group, BigDecimal spending) {}
