package dev.lakehouse.spending;

import java.math.BigDecimal;

/** The spending of an age group. */
record Total(AgeGroup group, BigDecimal spending) {}
