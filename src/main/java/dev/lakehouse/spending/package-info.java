/**
 * The spending product: customers joined with their purchases, and the spending of each age group, as tables, CSV and
 * chart.
 */
package dev.lakehouse.spending;
