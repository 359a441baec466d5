/**
 * The members product: its generator and its source table in MySQL. The way from there to Delta knows no table and is
 * not here.
 */
package dev.lakehouse.members;
