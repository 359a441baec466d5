package dev.lakehouse.local;

import dev.lakehouse.ingest.KafkaServer;
import java.util.function.Supplier;

/**
 * A home's Kafka, chosen and started when it is first asked for: most commands need none. Closing does not wait for a
 * start that is under way; what it brings is closed as soon as it is there.
 */
final class KafkaOnDemand implements AutoCloseable {
    private final Supplier<Selection<KafkaServer>> choice;
    private final ServersFile memory;
    private final Home home;

    /** Held while a server starts, which may take minutes; the state below has this object's own lock. */
    private final Object start = new Object();

    private Running running;
    private boolean closed;

    /**
     * Kafka for a home.
     *
     * @param choice chooses the server
     * @param memory keeps the choice once the server answers
     */
    KafkaOnDemand(Home home, Supplier<Selection<KafkaServer>> choice, ServersFile memory) {
        this.home = home;
        this.choice = choice;
        this.memory = memory;
    }

    /** A server that answers, and why it was chosen. */
    record Running(Selection<KafkaServer> chosen, RunningServer<KafkaServer> server) {}

    /** The running server, started where it does not run yet. */
    Running running() {
        synchronized (start) {
            Running known = known();
            if (known != null) {
                return known;
            }
            Selection<KafkaServer> chosen = choice.get();
            Running started = kept(new Running(chosen, start(chosen)));
            memory.remember(chosen);
            return started;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.server().close();
            running = null;
        }
    }

    private synchronized Running known() {
        if (closed) {
            throw new IllegalStateException("The servers are stopped");
        }
        return running;
    }

    private synchronized Running kept(Running started) {
        if (closed) {
            started.server().close();
            throw new IllegalStateException("The servers were stopped while Kafka was starting");
        }
        running = started;
        return started;
    }

    private RunningServer<KafkaServer> start(Selection<KafkaServer> chosen) {
        return switch (chosen.place()) {
            case OWN -> OwnServers.kafka(chosen.own().orElseThrow());
            case EMBEDDED -> EmbeddedKafka.start(home);
            case CONTAINERS -> ContainerKafka.start(home);
        };
    }
}
