package dev.lakehouse.sample;

import dev.lakehouse.sample.SampleTarget.Server;
import dev.lakehouse.storage.FileStore;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Generated input of a product: the public class {@code Sample}, with a public constructor without parameters, in the package
 * {@code dev.lakehouse.sample.<product>}. The command line finds it as a service, so {@code META-INF/services} lists it. Its
 * command is {@code generate <product>}.
 * The defaults are for a product with one workflow of its name, which reads the job parameter {@code input} or, by
 * default, the landing's folder of its name.
 */
public interface SampleData extends SampleCommand {
    /** The product: the name of the package. */
    default String product() {
        return getClass().getPackageName().replaceFirst(".*\\.", "");
    }

    /** Keys of the workflows that read it. */
    default Set<String> workflows() {
        return Set.of(product());
    }

    /** Job parameters that name other input. If one of them is set, nothing is generated. */
    default Set<String> replacedBy() {
        return Set.of("input");
    }

    /** The server of the input. */
    default Server server() {
        return Server.S3;
    }

    /** Whether {@link #fill} accepts a number of rows. */
    default boolean takesRows() {
        return false;
    }

    /** Whether the product has no input yet. */
    default boolean isEmpty(SampleTarget target) {
        String folder = target.folder(product());
        return FileStore.of(folder).filesBelow(folder).isEmpty();
    }

    /**
     * Generates the first input. Called on a local server if the product has no input.
     *
     * @param rows the number of rows; only for a sample that accepts it
     * @param asOf the end of the data
     */
    void fill(SampleTarget target, OptionalLong rows, Instant asOf);

    /** The command {@code benchmark <product>}. */
    default Optional<SampleCommand> benchmark() {
        return Optional.empty();
    }
}
