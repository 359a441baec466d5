/** Charts of results. */
package dev.lakehouse.chart;
