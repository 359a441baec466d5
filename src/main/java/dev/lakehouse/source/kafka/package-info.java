/** Kafka as a source: the options and the connection of a cluster. */
package dev.lakehouse.source.kafka;
