package dev.lakehouse.cli;

import dev.lakehouse.sample.LiveSampleData;
import dev.lakehouse.sample.SampleCommand;
import dev.lakehouse.sample.SampleData;
import dev.lakehouse.sample.SampleTarget;
import dev.lakehouse.task.Step;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The samples of this build by product: each package below {@code sample} with a class {@code Sample}. */
record Samples(List<SampleData> all) {

    static Samples find() {
        return new Samples(packages().stream()
                .map(product -> SampleData.class.getPackageName() + "." + product + ".Sample")
                .flatMap(Samples::load)
                .toList());
    }

    private static Stream<SampleData> load(String name) {
        try {
            return Stream.of(Class.forName(name)
                    .asSubclass(SampleData.class)
                    .getConstructor()
                    .newInstance());
        } catch (ClassNotFoundException e) {
            // A folder from an earlier build.
            return Stream.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " has no public constructor without parameters", e);
        }
    }

    private static List<String> packages() {
        try {
            URI place = SampleData.class.getResource("SampleData.class").toURI();
            if (!place.getScheme().equals("jar")) {
                return folders(Path.of(place).getParent());
            }
            try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
                return folders(jar.provider().getPath(place).getParent());
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("The samples cannot be listed", e);
        }
    }

    private static List<String> folders(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Adds their subcommands of {@code generate} and {@code benchmark}. */
    void addTo(CommandLine line, GlobalOptions options) {
        all.forEach(sample -> {
            add(line, "generate", sample.product(), sample, options);
            sample.benchmark().ifPresent(benchmark -> add(line, "benchmark", sample.product(), benchmark, options));
        });
    }

    private static void add(
            CommandLine line, String command, String product, SampleCommand sample, GlobalOptions options) {
        Callable<Integer> call = () -> {
            Consumer<SampleTarget> work = sample.work();
            try (LocalEnvironment workplace = LocalEnvironment.open(options, Terminal::say)) {
                return Step.during(command + " " + product, () -> {
                    work.accept(workplace);
                    return 0;
                });
            }
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
