/** Generates orders, customers and products: a history, a live stream, faults and shifts. */
package dev.lakehouse.sample.orders;
