package dev.lakehouse;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.lakehouse.cli.Lakehouse;
import dev.lakehouse.task.FailPoint;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** The code's structure. Each rule's failure says what to do instead. */
@AnalyzeClasses(packages = "dev.lakehouse", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = ArchitectureTest.class.getPackageName();

    /** What never runs on Databricks, or is what the others reach Spark and files through. */
    private static final Set<String> OUTSIDE_THE_DATA_PATH =
            Set.of("cli", "database", "local", "remote", "spark", "storage");

    /** These read files that a person wrote or keeps on this machine: workflow files, secrets. */
    private static final Set<String> READ_LOCAL_FILES = Set.of("workflow", "secrets");

    @ArchTest
    static final ArchRule PACKAGES_USE_ONLY_LAYERS_BELOW = classes().should(useOnlyLayersBelow());

    @ArchTest
    static final ArchRule DATA_PATH_RUNS_ON_EVERY_COMPUTE = noClasses()
            .that(areOnTheDataPath())
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "org.apache.spark.rdd..",
                            "org.apache.spark.api.java..",
                            "org.apache.spark.scheduler..",
                            "org.apache.spark.sql.classic..",
                            "org.apache.spark.sql.catalyst..",
                            "org.apache.spark.sql.execution..",
                            "org.apache.spark.sql.internal..",
                            "org.apache.spark.sql.delta..")
                    .or(named(
                            "org.apache.spark.SparkContext",
                            "org.apache.spark.SparkConf",
                            "org.apache.spark.sql.util.QueryExecutionListener",
                            "org.apache.spark.sql.streaming.StreamingQueryListener",
                            "org.apache.spark.util.AccumulatorV2",
                            "org.apache.spark.util.LongAccumulator",
                            "org.apache.spark.util.DoubleAccumulator",
                            "org.apache.spark.util.CollectionAccumulator")))
            .orShould()
            .callMethodWhere(
                    callsOnSpark("sparkContext", "listenerManager", "rdd", "javaRDD", "toJavaRDD", "queryExecution"))
            .because("serverless and standard access mode have sessions, SQL and Datasets only. Counts come from"
                    + " Dataset.observe and the history of tables; what must ask the driver goes into package spark,"
                    + " with an answer for a session that cannot tell");

    @ArchTest
    static final ArchRule FILES_GO_THROUGH_THE_FILE_STORE = noClasses()
            .that(areOnTheDataPath())
            .and(not(inPackages(READ_LOCAL_FILES)))
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.nio.file..")
                    .or(type(File.class))
                    .or(type(FileInputStream.class))
                    .or(type(FileOutputStream.class))
                    .or(type(FileReader.class))
                    .or(type(FileWriter.class))
                    .or(type(RandomAccessFile.class)))
            .because("a location may be on S3 or a volume. Take it as text and use storage.FileStore");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_ENDS_THE_JVM = noClasses()
            .that(not(type(Lakehouse.class)).and(not(type(FailPoint.class))))
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .because("on Databricks it would end the driver, and the run as if it had succeeded. Fail by throwing");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_STOPS_THE_SESSION = noClasses()
            .that(not(inPackages(Set.of("cli"))))
            .should()
            .callMethodWhere(callsOnSpark("stop", "close"))
            .because("the session belongs to whoever started the JVM: on Databricks to the cluster, whose next task"
                    + " would find it stopped. Leave it running");

    @ArchTest
    static final ArchRule LOGS_GO_THROUGH_THE_JDK = noClasses()
            .that(not(inPackages(Set.of("cli"))))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.slf4j..", "org.apache.logging..", "org.apache.commons.logging..", "java.util.logging.."))
            .because("serverless compute has no logging library on the class path. Use System.Logger, which reaches the"
                    + " driver's output there and the home's log file on a laptop");

    private static ArchCondition<JavaClass> useOnlyLayersBelow() {
        return new ArchCondition<>("use only packages in layers below their own") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                String from = packageOf(user);
                if (Layers.of(from) == Layers.NONE) {
                    events.add(SimpleConditionEvent.violated(
                            user,
                            user.getName() + " is in a package that has no layer: '" + from
                                    + "'. Give it one in the table of this test."));
                    return;
                }
                user.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isOurs(dependency.getTargetClass()))
                        .filter(dependency -> !isAllowed(from, packageOf(dependency.getTargetClass())))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(user, explain(from, dependency))));
            }
        };
    }

    private static boolean isAllowed(String from, String to) {
        return from.equals(to) || Layers.of(to) < Layers.of(from);
    }

    private static String explain(String from, Dependency dependency) {
        String to = packageOf(dependency.getTargetClass());
        String why = Layers.of(from) == Layers.of(to)
                ? "both are in layer " + Layers.of(to) + ", and packages in one layer know nothing of each other"
                : "layer " + Layers.of(from) + " may not use layer " + Layers.of(to);
        return "'" + from + "' uses '" + to + "': " + why + ". Move what both need to a layer below both,"
                + " or let the caller above hand it in. " + dependency.getDescription();
    }

    private static boolean isOurs(JavaClass other) {
        return other.getPackageName().equals(ROOT) || other.getPackageName().startsWith(ROOT + ".");
    }

    /** The name below the root; empty for the root itself. */
    private static String packageOf(JavaClass ours) {
        String name = ours.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    private static DescribedPredicate<JavaClass> areOnTheDataPath() {
        return not(inPackages(OUTSIDE_THE_DATA_PATH)).as("are on the data path");
    }

    private static DescribedPredicate<JavaClass> inPackages(Set<String> packages) {
        return describe("are in " + packages, javaClass -> packages.contains(packageOf(javaClass)));
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        Set<String> all = Set.of(names);
        return describe("are named " + all, javaClass -> all.contains(javaClass.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> callsOnSpark(String... methods) {
        Set<String> all = Set.of(methods);
        return describe(
                "a call of Spark's " + all,
                call -> all.contains(call.getName())
                        && call.getTargetOwner().getPackageName().startsWith(SparkSession.class.getPackageName()));
    }

    /** Read when the rules are checked: a new product is known by its workflow files and not named here. */
    private static final class Layers {
        static final int NONE = -1;

        private static final Set<String> PRODUCTS = products();

        /**
         * From the lowest up: a package uses packages in layers below its own; the lowest is the root package. A
         * subpackage has a layer of its own.
         */
        private static final List<Set<String>> LAYERS = List.of(
                Set.of(""),
                Set.of("spark", "storage", "secrets"),
                Set.of("table", "privacy", "chart"),
                Set.of("ledger"),
                Set.of("task"),
                Set.of("source.files", "source.files.pdf", "source.kafka", "source.mysql"),
                Set.of("load", "extract.copy"),
                Set.of("extract"),
                Set.of("replicate"),
                PRODUCTS,
                Set.of("sample"),
                union(Set.of("workflow", "local", "remote", "database"), samplesOf(PRODUCTS)),
                Set.of("cli"));

        static int of(String ourPackage) {
            return IntStream.range(0, LAYERS.size())
                    .filter(layer -> LAYERS.get(layer).contains(ourPackage))
                    .findFirst()
                    .orElse(NONE);
        }

        /** The tags {@code product} of the workflow files. */
        private static Set<String> products() {
            Pattern tag = Pattern.compile("(?m)^ +product: +(\\w+)$");
            try (Stream<Path> files = Files.list(DeployedJar.ROOT.resolve("workflows"))) {
                Set<String> products = new TreeSet<>();
                for (Path file : files.toList()) {
                    tag.matcher(Files.readString(file)).results().forEach(match -> products.add(match.group(1)));
                }
                return products;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Set<String> samplesOf(Set<String> products) {
            return products.stream().map(product -> "sample." + product).collect(Collectors.toSet());
        }

        private static Set<String> union(Set<String> one, Set<String> other) {
            return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
        }
    }
}
