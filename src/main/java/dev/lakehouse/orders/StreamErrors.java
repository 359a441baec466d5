package dev.lakehouse.orders;

import dev.lakehouse.UserError;

/**
 * Explains why a stream ended.
 *
 * @param servers of Kafka
 * @param topic that it reads
 * @param checkpoint location of its position in the topic
 */
record StreamErrors(String servers, String topic, String checkpoint) {

    /** The exception to throw for a failure. */
    RuntimeException explain(Exception failure) {
        UserError known = UserError.within(failure);
        if (known != null) {
            return known;
        }
        String texts = texts(failure);
        if (texts.contains("UnknownTopicOrPartition") || texts.contains("does not host this topic")) {
            return new UserError(
                    "There is no topic '" + topic + "' at " + servers + ".",
                    "The topic does not exist, or the stream's account may not see it.",
                    "Check --topic and the account's rights, or create the topic.",
                    failure);
        }
        if (texts.contains("KAFKA_DATA_LOSS") || texts.contains("failOnDataLoss")) {
            return new UserError(
                    "Messages of the topic '" + topic + "' were deleted before this stream read them.",
                    "Kafka deleted them by the topic's retention (time or size), or the topic was created again with fewer"
                            + " messages.",
                    "Send the messages again if they are needed. Then give another --checkpoint: the stream reads the"
                            + " topic from its beginning, which does not change stored rows.",
                    failure);
        }
        if (texts.contains("CONCURRENT_STREAM_LOG_UPDATE") || texts.contains("CONCURRENT_QUERY")) {
            return new UserError(
                    "Another stream uses the checkpoint " + checkpoint + ".",
                    "Two runs of one stream run at the same time. Only one of them continues.",
                    "Let the other run continue, or give this one another --checkpoint.",
                    failure);
        }
        if (texts.contains("org.apache.kafka.common.errors.TimeoutException")
                || texts.contains("org.apache.kafka.common.errors.SaslAuthenticationException")) {
            return new UserError(
                    "Kafka does not answer at " + servers + ".",
                    "No Kafka server answers there, or it refuses this account.",
                    "Check the address, the security protocol, user and password, and the network.",
                    failure);
        }
        return new IllegalStateException(
                "The stream of orders ended: " + failure.getClass().getSimpleName(), failure);
    }

    private static String texts(Throwable failure) {
        StringBuilder texts = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            // Databricks has Kafka's classes in another package.
            texts.append(t.toString().replace("kafkashaded.", "")).append('\n');
        }
        return texts.toString();
    }
}
