package dev.lakehouse.storage;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;

/** Files of Hadoop file systems in Spark tasks. */
record HadoopTaskFiles(SerializableConfiguration settings) implements TaskFiles {
    static HadoopTaskFiles with(Configuration settings) {
        return new HadoopTaskFiles(new SerializableConfiguration(settings));
    }

    @Override
    public FileStore at(String location) {
        return HadoopFileStore.of(location, settings.value());
    }
}
