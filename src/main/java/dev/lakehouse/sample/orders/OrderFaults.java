package dev.lakehouse.sample.orders;

/**
 * The faults of generated orders, each with its share.
 *
 * @param duplicates delivered again, immediately or up to three days later (in a live stream minutes or an hour); a
 *     third of them with other content
 * @param late delivered hours (in a live stream minutes) after orders with later times
 * @param malformed followed by a message that is not an order
 * @param unknownCustomers from a customer that is in no batch or only in the last one
 * @param wrongAmounts with an amount that differs from the sum of its lines
 */
public record OrderFaults(
        Chance duplicates, Chance late, Chance malformed, Chance unknownCustomers, Chance wrongAmounts) {

    /** No faults. */
    public static final OrderFaults NONE =
            new OrderFaults(Chance.NEVER, Chance.NEVER, Chance.NEVER, Chance.NEVER, Chance.NEVER);
}
