package dev.lakehouse.sample.orders;

import dev.lakehouse.sample.SeededRandom;

/** An order with the faults of the plan. They are the same in each of its deliveries. */
record FaultyOrder(GeneratedOrder order, Customer customer) {
    private static final long STREAM = 0x77726F6EL;
    private static final int UNKNOWN_CUSTOMERS = 20;

    /** Which batches have the order's customer. */
    enum Customer {
        KNOWN,
        OF_LAST_BATCH,
        UNKNOWN
    }

    static FaultyOrder of(OrderGenerator generator, Timeline timeline, long number) {
        return faulty(
                generator.order(timeline, number), generator, SeededRandom.combine(timeline.seed(), STREAM), number);
    }

    static FaultyOrder corrected(OrderGenerator generator, Timeline timeline, long number) {
        return faulty(
                generator.corrected(timeline, number),
                generator,
                SeededRandom.combine(timeline.seed(), STREAM),
                number);
    }

    private static FaultyOrder faulty(GeneratedOrder order, OrderGenerator generator, long seed, long number) {
        SeededRandom random = SeededRandom.of(seed, number);
        OrderFaults faults = generator.plan().faults();
        Customer customer = Customer.KNOWN;
        String id = order.customer();
        if (faults.unknownCustomers().hits(random)) {
            customer = random.below(2) == 0 ? Customer.UNKNOWN : Customer.OF_LAST_BATCH;
            id = CustomerGenerator.id(other(customer, generator.customers(), random));
        }
        long excess = 0;
        if (faults.wrongAmounts().hits(random)) {
            excess = 1L + random.below(1_000);
        }
        return new FaultyOrder(
                new GeneratedOrder(order.id(), id, order.lines(), excess, order.time(), order.style()), customer);
    }

    private static int other(Customer customer, CustomerGenerator customers, SeededRandom random) {
        return customer == Customer.UNKNOWN
                ? customers.count() + 1_000_000 + random.below(UNKNOWN_CUSTOMERS)
                : customers.regular() + random.below(customers.count() - customers.regular());
    }
}
