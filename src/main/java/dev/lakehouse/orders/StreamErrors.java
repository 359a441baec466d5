package dev.lakehouse.orders;

import dev.lakehouse.UserError;

/**
 * Why a stream ended: problem, cause and fix.
 *
 * @param servers of Kafka
 * @param topic that it reads
 * @param checkpoint where it keeps how far it has read
 */
record StreamErrors(String servers, String topic, String checkpoint) {

    /** What to throw in place of a failure. */
    RuntimeException explain(Exception failure) {
        UserError known = UserError.within(failure);
        if (known != null) {
            return known;
        }
        String texts = texts(failure);
        if (texts.contains("UnknownTopicOrPartition") || texts.contains("does not host this topic")) {
            return new UserError(
                    "There is no topic '" + topic + "' at " + servers + ".",
                    "Kafka does not know that name, or the stream may not see it.",
                    "Check --topic and what the stream's user may read; make the topic where it is missing.",
                    failure);
        }
        if (texts.contains("KAFKA_DATA_LOSS") || texts.contains("failOnDataLoss")) {
            return new UserError(
                    "Messages of the topic '" + topic + "' are gone that this stream has not read.",
                    "Kafka removed them by its retention before the stream came to them, or the topic was made anew with"
                            + " fewer messages.",
                    "Have them delivered again if they are needed; then name another --checkpoint: the stream reads the"
                            + " topic from its beginning, and what is stored stays as it is.",
                    failure);
        }
        if (texts.contains("CONCURRENT_STREAM_LOG_UPDATE") || texts.contains("CONCURRENT_QUERY")) {
            return new UserError(
                    "Another stream uses the checkpoint " + checkpoint + ".",
                    "Two runs of one stream are under way; of these only one goes on.",
                    "Let the other one go on, or give this one a --checkpoint of its own.",
                    failure);
        }
        if (texts.contains("org.apache.kafka.common.errors.TimeoutException")
                || texts.contains("org.apache.kafka.common.errors.SaslAuthenticationException")) {
            return new UserError(
                    "Kafka does not answer at " + servers + ".",
                    "Nothing answers there as Kafka, or it does not let this account in.",
                    "Check the servers, security, user and password, and the network between.",
                    failure);
        }
        return new IllegalStateException(
                "The stream of orders ended: " + failure.getClass().getSimpleName(), failure);
    }

    private static String texts(Throwable failure) {
        StringBuilder texts = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            // Databricks brings Kafka's classes under a name of its own.
            texts.append(t.toString().replace("kafkashaded.", "")).append('\n');
        }
        return texts.toString();
    }
}
