/** Pictures of results. */
package dev.lakehouse.chart;
