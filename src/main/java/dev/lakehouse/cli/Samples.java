package dev.lakehouse.cli;

import dev.lakehouse.sample.LiveSampleData;
import dev.lakehouse.sample.SampleCommand;
import dev.lakehouse.sample.SampleData;
import dev.lakehouse.sample.SampleTarget;
import dev.lakehouse.task.Step;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The samples of this build, one for each product: the services that {@code META-INF/services} lists. */
record Samples(List<SampleData> all) {

    static Samples find() {
        return new Samples(ServiceLoader.load(SampleData.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** Adds their subcommands of {@code generate} and {@code benchmark}. */
    void addTo(CommandLine line, Lakehouse lakehouse) {
        all.forEach(sample -> {
            add(line, "generate", sample.product(), sample, lakehouse);
            sample.benchmark().ifPresent(benchmark -> add(line, "benchmark", sample.product(), benchmark, lakehouse));
        });
    }

    private static void add(
            CommandLine line, String command, String product, SampleCommand sample, Lakehouse lakehouse) {
        Callable<Integer> call = () -> {
            Consumer<SampleTarget> work = sample.work();
            return lakehouse.inEnvironment(
                    Terminal::say,
                    environment -> Step.during(command + " " + product, () -> {
                        work.accept(environment);
                        return 0;
                    }));
        };
        line.getSubcommands()
                .get(command)
                .addSubcommand(
                        product,
                        CommandSpec.wrapWithoutInspection(call)
                                .name(product)
                                .addMixin("sample", CommandSpec.forAnnotatedObject(sample)));
    }

    /** The samples that workflows read. */
    List<SampleData> readBy(Runs runs) {
        return all.stream()
                .filter(sample -> runs.includeAny(sample.workflows()))
                .toList();
    }

    /** The sample that workflows wait for. */
    Optional<LiveSampleData> awaitedBy(Runs runs) {
        return all.stream()
                .filter(LiveSampleData.class::isInstance)
                .map(LiveSampleData.class::cast)
                .filter(sample -> runs.includeAny(sample.liveWorkflows()))
                .findFirst();
    }
}
