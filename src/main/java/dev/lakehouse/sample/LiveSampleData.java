package dev.lakehouse.sample;

import java.util.Set;

/** A sample that can also send input while a workflow runs. */
public interface LiveSampleData extends SampleData {
    /** Keys of the workflows that wait for it. */
    Set<String> liveWorkflows();

    /** Prepares the target. What is returned sends until its thread is interrupted. */
    Runnable live(SampleTarget target, Rate rate);
}
