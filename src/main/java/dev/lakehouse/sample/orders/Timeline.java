package dev.lakehouse.sample.orders;

import dev.lakehouse.sample.Rate;
import dev.lakehouse.sample.SeededRandom;
import java.time.Duration;
import java.time.Instant;

/** When orders are made, the greater an order's number, the later, and how long faults hold them up. */
interface Timeline {
    /** What its orders are drawn by. */
    long seed();

    /** How many orders there are. */
    long orders();

    /** An order's time. */
    Instant time(long number, SeededRandom random);

    /** How many orders are made, at least one, while a message is held up for so many units of time. */
    long ordersWithin(int units);

    /** That of a plan: even over its days, by chance within an order's own share of a day; the unit is an hour. */
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
     * An even rate from now on, without an end. The unit is a minute: nobody waits for hours.
     *
     * @param start tells one live stream from another: orders of the same stream and number are the same
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
