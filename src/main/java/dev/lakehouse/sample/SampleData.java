package dev.lakehouse.sample;

import dev.lakehouse.sample.SampleTarget.Server;
import dev.lakehouse.storage.FileStore;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Generated input of a product. The command line finds it by its name: the public class {@code Sample}, with a public
 * constructor without parameters, in the package {@code dev.lakehouse.sample.<product>}. As a command it is
 * {@code generate <product>}. The defaults are those of a product whose one workflow has its name and reads what its job
 * parameter {@code input} names, else the landing's folder of its name.
 */
public interface SampleData extends SampleCommand {
    /** The product, by the name of the package. */
    default String product() {
        return getClass().getPackageName().replaceFirst(".*\\.", "");
    }

    /** Keys of the workflows that read it. */
    default Set<String> workflows() {
        return Set.of(product());
    }

    /** Job parameters that name other input. Where a person gives one of them, nothing is generated. */
    default Set<String> replacedBy() {
        return Set.of("input");
    }

    /** The server that holds it. */
    default Server server() {
        return Server.S3;
    }

    /** Whether a person may say how many rows {@link #fill} generates. */
    default boolean takesRows() {
        return false;
    }

    /** Whether the product has no input yet. */
    default boolean isEmpty(SampleTarget target) {
        String folder = target.folder(product());
        return FileStore.of(folder).filesBelow(folder).isEmpty();
    }

    /**
     * Generates the first input; called on a server of the home's own, where the product has none.
     *
     * @param rows how many; given only to a sample that takes it
     * @param asOf the moment at which the data ends
     */
    void fill(SampleTarget target, OptionalLong rows, Instant asOf);

    /** What measures the product, as the command {@code benchmark <product>}. */
    default Optional<SampleCommand> benchmark() {
        return Optional.empty();
    }
}
