package dev.lakehouse.sample;

import java.util.Set;

/** A sample that can also send input during a workflow. */
public interface LiveSampleData extends SampleData {
    /** Keys of the workflows that wait for it. */
    Set<String> liveWorkflows();

    /** Prepares the target. The result sends input until its thread is interrupted. */
    Runnable live(SampleTarget target, Rate rate);
}
