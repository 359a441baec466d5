/**
 * MySQL, S3 and Kafka for a laptop: the user's own servers, containers, or servers embedded in the command; all their
 * state is in one home. The package does not depend on products or workflows.
 */
package dev.lakehouse.local;
