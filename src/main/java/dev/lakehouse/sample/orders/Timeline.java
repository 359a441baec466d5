package dev.lakehouse.sample.orders;

import dev.lakehouse.sample.Rate;
import dev.lakehouse.sample.SeededRandom;
import java.time.Duration;
import java.time.Instant;

/** The times of orders, which increase with their number, and the delays of faults. */
interface Timeline {
    /** The seed of its orders. */
    long seed();

    /** The number of orders. */
    long orders();

    /** An order's time. */
    Instant time(long number, SeededRandom random);

    /** The number of orders, at least one, during a delay in units of time. */
    long ordersWithin(int units);

    /**
     * The timeline of a plan. Orders are evenly distributed over its days, at a random time within the order's own
     * share of a day. The unit is an hour.
     */
    record History(OrderPlan plan) implements Timeline {
        private static final long ORDERS = 0x6F726465L;
        private static final long DAY = Duration.ofDays(1).toMillis();

        @Override
        public long seed() {
            return SeededRandom.combine(plan.seed(), ORDERS);
        }

        @Override
        public long orders() {
            return plan.orders();
        }

        @Override
        public Instant time(long number, SeededRandom random) {
            long day = number / plan.perDay();
            long step = DAY * (number % plan.perDay()) / plan.perDay();
            return plan.begin().plusMillis(day * DAY + step + random.below(DAY / plan.perDay()));
        }

        @Override
        public long ordersWithin(int units) {
            return Math.max(1, units * plan.perDay() / 24);
        }
    }

    /**
     * An endless constant rate from now on. The unit is a minute.
     *
     * @param start identifies the live stream; orders of the same stream and number are the same
     */
    record Live(OrderPlan plan, Instant start, Rate rate) implements Timeline {
        private static final long LIVE = 0x6C697665L;

        @Override
        public long seed() {
            return SeededRandom.combine(SeededRandom.combine(plan.seed(), LIVE), start.toEpochMilli());
        }

        @Override
        public long orders() {
            return Long.MAX_VALUE;
        }

        @Override
        public Instant time(long number, SeededRandom random) {
            return time(number);
        }

        Instant time(long number) {
            return start.plus(rate.after(number));
        }

        @Override
        public long ordersWithin(int units) {
            return Math.max(1, units * rate.orders() * Duration.ofMinutes(1).toSeconds() / rate.seconds());
        }
    }
}
