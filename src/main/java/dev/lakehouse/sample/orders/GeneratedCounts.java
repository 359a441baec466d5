package dev.lakehouse.sample.orders;

/**
 * What a generator has delivered.
 *
 * @param messages all of them: {@code orders + repeated + corrected + malformed}
 * @param orders different orders
 * @param repeated messages that say again what was said of an order
 * @param corrected messages that say something else of an order
 * @param late orders that were first delivered after one with a later time
 * @param malformed messages that are no orders
 * @param unknownCustomers orders of customers that stand in no batch
 * @param lastBatchCustomers orders of customers that stand in the last batch only
 * @param wrongAmounts orders whose amount is not what their lines sum up to
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
