/**
 * MySQL, S3 and Kafka for a laptop: the user's own servers, containers, or servers embedded in the command; all their
 * state is in one home. It knows nothing of products or workflows.
 */
package dev.lakehouse.local;
