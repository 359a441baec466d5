/** The spending product: customers joined with their purchases, and what each age group spent, as tables, CSV and chart. */
package dev.lakehouse.spending;
