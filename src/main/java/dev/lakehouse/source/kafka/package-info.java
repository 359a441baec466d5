/** Kafka as a source: the options and the address of a cluster. */
package dev.lakehouse.source.kafka;
