/** Orders, customers and products to try the product on: a history, a live stream, faults and planted shifts. */
package dev.lakehouse.sample.orders;
