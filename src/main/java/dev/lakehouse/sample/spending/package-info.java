/** The two files of spending. */
package dev.lakehouse.sample.spending;
