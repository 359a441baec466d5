package dev.lakehouse.storage;

import java.io.Serializable;

/** Reaches files from Spark tasks, which have no session: it carries the settings of the store with it. */
@FunctionalInterface
public interface TaskFiles extends Serializable {
    /** For locations in the store of this one, with the settings of the current session. */
    static TaskFiles of(String location) {
        return LocalFileStore.holds(location) ? any -> LocalFileStore.INSTANCE : HadoopFiles.inTasks(location);
    }

    /** The store of a location. */
    FileStore at(String location);
}
