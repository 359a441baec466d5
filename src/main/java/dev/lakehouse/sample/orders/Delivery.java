package dev.lakehouse.sample.orders;

import dev.lakehouse.sample.SeededRandom;
import dev.lakehouse.sample.orders.OrderMessage.Kind;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Sorts orders by delivery. Only the numbers of pending messages are in memory: for a history, late orders of half a
 * day and repeated orders of three days.
 */
final class Delivery {
    private static final long HELD_UP = 0x6661756CL;
    private static final long AGAIN = 0x61676169L;
    private static final int LATEST_UNITS = 12;
    private static final int LATEST_REPEAT_UNITS = 72;

    private final OrderGenerator generator;
    private final OrderFaults faults;
    private final Timeline timeline;
    private final Consumer<OrderMessage> to;
    private final PriorityQueue<Pending> pending = new PriorityQueue<>(Pending.IN_ORDER);

    private long next;
    private long latest = -1;
    private long messages;
    private long repeated;
    private long corrected;
    private long late;
    private long malformed;
    private long unknownCustomers;
    private long lastBatchCustomers;
    private long wrongAmounts;

    Delivery(OrderGenerator generator, Timeline timeline, Consumer<OrderMessage> to) {
        this.generator = generator;
        this.faults = generator.plan().faults();
        this.timeline = timeline;
        this.to = to;
    }

    /**
     * A pending message.
     *
     * @param due the number of the order after which it is delivered
     * @param number the number of its own order
     */
    private record Pending(long due, long number, Kind kind) {
        static final Comparator<Pending> IN_ORDER = Comparator.comparingLong(Pending::due)
                .thenComparing(Pending::number)
                .thenComparing(Pending::kind);
    }

    /** Delivers the next order and the messages that are due before the one after it. */
    void next() {
        SeededRandom random = SeededRandom.of(SeededRandom.combine(timeline.seed(), HELD_UP), next);
        long due = next + after(LATEST_UNITS, random);
        if (faults.late().hits(random) && due < timeline.orders()) {
            pending.add(new Pending(due, next, Kind.ORDER));
        } else {
            first(next, next);
        }
        bringWhatIsDue(next);
        next++;
    }

    /** Delivers all pending messages. */
    GeneratedCounts end() {
        bringWhatIsDue(Long.MAX_VALUE);
        return new GeneratedCounts(
                messages,
                next,
                repeated,
                corrected,
                late,
                malformed,
                unknownCustomers,
                lastBatchCustomers,
                wrongAmounts);
    }

    private void bringWhatIsDue(long now) {
        while (!pending.isEmpty() && pending.peek().due() <= now) {
            Pending next = pending.poll();
            if (next.kind() == Kind.ORDER) {
                first(next.number(), next.due());
            } else {
                again(next.number(), next.kind());
            }
        }
    }

    private void first(long number, long now) {
        FaultyOrder order = FaultyOrder.of(generator, timeline, number);
        send(Kind.ORDER, order.order());
        if (number < latest) {
            late++;
        }
        latest = Math.max(latest, number);
        unknownCustomers += order.customer() == FaultyOrder.Customer.UNKNOWN ? 1 : 0;
        lastBatchCustomers += order.customer() == FaultyOrder.Customer.OF_LAST_BATCH ? 1 : 0;
        wrongAmounts += order.order().excess() != 0 ? 1 : 0;

        SeededRandom random = SeededRandom.of(SeededRandom.combine(timeline.seed(), AGAIN), number);
        if (faults.duplicates().hits(random)) {
            Kind kind = random.below(3) == 0 ? Kind.CORRECTED : Kind.REPEATED;
            if (random.below(3) == 0) {
                again(number, kind);
            } else {
                pending.add(new Pending(now + after(LATEST_REPEAT_UNITS, random), number, kind));
            }
        }
        if (faults.malformed().hits(random)) {
            malformed++;
            messages++;
            to.accept(MalformedMessage.message(order.order(), random));
        }
    }

    private void again(long number, Kind kind) {
        if (kind == Kind.CORRECTED) {
            corrected++;
            send(kind, FaultyOrder.corrected(generator, timeline, number).order());
        } else {
            repeated++;
            send(kind, FaultyOrder.of(generator, timeline, number).order());
        }
    }

    private void send(Kind kind, GeneratedOrder order) {
        messages++;
        to.accept(new OrderMessage(kind, order.id().toString(), order.bytes()));
    }

    /** The number of orders during the delay of a message. */
    private long after(int mostUnits, SeededRandom random) {
        return timeline.ordersWithin(1 + random.below(mostUnits));
    }
}
