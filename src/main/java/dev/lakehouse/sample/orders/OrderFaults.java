package dev.lakehouse.sample.orders;

/**
 * What goes wrong with generated orders, each in its own share of them.
 *
 * @param duplicates delivered again, immediately or up to three days later (of a live stream minutes or an hour); a third of
 *     them with other content
 * @param late delivered hours (of a live stream minutes) after orders with later times
 * @param malformed followed by a message that is no order
 * @param unknownCustomers from a customer that stands in no batch, or in the last one only
 * @param wrongAmounts with an amount that is not what its lines sum up to
 */
public record OrderFaults(
        Chance duplicates, Chance late, Chance malformed, Chance unknownCustomers, Chance wrongAmounts) {

    /** Nothing goes wrong. */
    public static final OrderFaults NONE =
            new OrderFaults(Chance.NEVER, Chance.NEVER, Chance.NEVER, Chance.NEVER, Chance.NEVER);
}
