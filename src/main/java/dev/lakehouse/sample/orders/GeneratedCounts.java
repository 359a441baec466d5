package dev.lakehouse.sample.orders;

/**
 * The counts of a generator's messages.
 *
 * @param messages all of them: {@code orders + repeated + corrected + malformed}
 * @param orders different orders
 * @param repeated messages that repeat an order unchanged
 * @param corrected messages that repeat an order with other content
 * @param late orders that were first delivered after one with a later time
 * @param malformed messages that are not orders
 * @param unknownCustomers orders of customers that are in no batch
 * @param lastBatchCustomers orders of customers that are only in the last batch
 * @param wrongAmounts orders whose amount differs from the sum of their lines
 */
public record GeneratedCounts(
        long messages,
        long orders,
        long repeated,
        long corrected,
        long late,
        long malformed,
        long unknownCustomers,
        long lastBatchCustomers,
        long wrongAmounts) {}
