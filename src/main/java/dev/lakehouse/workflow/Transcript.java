package dev.lakehouse.workflow;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The events and the output of an iteration, in their order, until they are played. What is printed after that, by a thread that
 * did not stop, goes to the terminal at once.
 */
final class Transcript extends OutputStream implements RunListener {
    private interface Entry {
        void play(RunListener listener, PrintStream terminal);
    }

    private List<Entry> entries = new ArrayList<>();
    private ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Optional<PrintStream> played = Optional.empty();

    /** Reports the events to a listener and prints the output. Does nothing more the second time. */
    void play(RunListener listener, PrintStream terminal) {
        List<Entry> all;
        synchronized (this) {
            all = entries;
            all.add(printed(output));
            entries = new ArrayList<>();
            output = new ByteArrayOutputStream();
            played = Optional.of(terminal);
        }
        // Outside of the lock, because a listener that prints may wait for a thread that waits for the lock.
        all.forEach(entry -> entry.play(listener, terminal));
        terminal.flush();
    }

    private static Entry printed(ByteArrayOutputStream bytes) {
        return (listener, terminal) -> terminal.write(bytes.toByteArray(), 0, bytes.size());
    }

    private synchronized void add(Entry event) {
        entries.add(printed(output));
        output = new ByteArrayOutputStream();
        entries.add(event);
    }

    @Override
    public void taskStarted(WorkflowTask task, TaskSpec resolved, int attempt) {
        add((listener, terminal) -> listener.taskStarted(task, resolved, attempt));
    }

    @Override
    public void taskRetried(WorkflowTask task, Throwable failure, Duration pause) {
        add((listener, terminal) -> listener.taskRetried(task, failure, pause));
    }

    @Override
    public void taskFinished(TaskRun task) {
        add((listener, terminal) -> listener.taskFinished(task));
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (played.isPresent()) {
            played.get().write(bytes, offset, length);
        } else {
            output.write(bytes, offset, length);
        }
    }
}
