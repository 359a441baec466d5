package dev.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.privacy.Keyset;
import dev.lakehouse.sample.invoices.SampleDocuments;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.testing.TestServers;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks run from the deployed jar, in a JVM with Spark, Delta and Hadoop, and without the classes of this build and the
 * originals of the libraries that the jar carries: they find their resources and services under their new names.
 */
@Tag("cli")
final class RunFromJarTest {
    /** Of the originals the one that Spark itself cannot start without. */
    private static final String OF_SPARK = "jackson-";

    @TempDir
    private static Path temp;

    private static String out;
    private static String err;

    /** One JVM for all, because most of the time goes into starting Spark. */
    @BeforeAll
    static void runTasks() throws Exception {
        MySqlServer server = articles();
        SampleDocuments.draw(TestLakehouse.session(), temp.resolve("documents").toString());
        write("keyset", Keyset.create().secretText());
        write("password", server.password().resolve());
        write(
                "activity/a.json",
                "{\"id\":\"a\",\"email\":\"ada@example.org\",\"created_at\":\"2020-01-31T14:50:26Z\"}\n");
        write("customers.csv", "customer_id,first_name,last_name,email,age\n1,Ada,Lovelace,ada@example.org,36\n");
        write("purchases.csv", "customer_id,product,price\n1,Hat,12.50\n");
        String source = "--mysql-url=" + server.url() + " --mysql-user=" + server.user() + " --mysql-password=file:"
                + temp.resolve("password") + " --table=articles --landing=landing";
        run(
                "dev.lakehouse.extract.CheckSource " + source,
                "dev.lakehouse.extract.ExtractTable " + source,
                "dev.lakehouse.extract.VerifyExtract --table=articles --landing=landing",
                "dev.lakehouse.extract.VerifyExtract --table=nothing --landing=landing",
                "dev.lakehouse.invoices.LoadInvoices --landing=landing --input=documents",
                "dev.lakehouse.activity.LoadActivity --landing=landing --input=activity --exports=exports"
                        + " --keyset=file:" + temp.resolve("keyset"),
                "dev.lakehouse.spending.SpendingByAgeGroup --customers=customers.csv --purchases=purchases.csv"
                        + " --output=charts --scratch=scratch",
                "dev.lakehouse.spending.SpendingByAgeGroup --customer=customers.csv");
    }

    @Test
    void itExtractsFromMySqlAndReadsTheManifest() {
        assertThat(out)
                .contains("proof       source = Parquet: 3 rows")
                .containsPattern("verified    extract 1: 1 file, 3 rows, checksum -?\\d+, as in its manifest");
    }

    @Test
    void itReadsPdfDocuments() {
        assertThat(out).contains("read        24 documents", "changed     24 inserted, 0 updated");
    }

    @Test
    void itReadsJsonAndMakesPseudonyms() throws IOException {
        assertThat(temp.resolve("exports/activity/user_activity/user_activity.parquet"))
                .isNotEmptyFile();
        assertThat(out).contains("read        1 row in 1 file", "pseudonyms  in place of email");
    }

    @Test
    void itDrawsCharts() throws IOException {
        assertThat(ImageIO.read(temp.resolve("charts/total_spending_by_age_group.png")
                                .toFile())
                        .getWidth())
                .isGreaterThan(100);
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThat(out)
                .contains("SpendingByAgeGroup failed: SpendingByAgeGroup cannot start: its parameters are wrong.");
    }

    @Test
    void itsLogIsInTheOutputWithoutALoggingLibrary() {
        assertThat(err).contains("INFO: rows = 3");
    }

    @Test
    void aUsersErrorIsThrownAndNotLoggedBesides() {
        assertThat(out).contains("VerifyExtract failed: There is no extract of 'nothing' to verify.");
        assertThat(err).doesNotContain("VerifyExtract failed", "UserError");
    }

    private static MySqlServer articles() throws Exception {
        MySqlServer server = TestServers.freshDatabase();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE articles (id INT PRIMARY KEY, name VARCHAR(20))");
            statement.execute("INSERT INTO articles VALUES (1, 'Hat'), (2, 'Scarf'), (3, 'Glove')");
        }
        return server;
    }

    private static void write(String name, String text) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void run(String... tasks) throws Exception {
        List<Path> originals = DeployedJar.carried();
        String classPath = Stream.concat(
                        Stream.of(mainClass(), DeployedJar.FILE),
                        DeployedJar.classPath().stream()
                                .filter(jar -> !originals.contains(jar)
                                        || jar.getFileName().toString().startsWith(OF_SPARK)))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + DeployedJar.ROOT.resolve("jvm.options"),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xms700m",
                "-XX:MetaspaceSize=300m",
                "-Djava.awt.headless=true",
                "-Dspark.master=local[2]",
                "-Dspark.app.name=jar",
                "-Dspark.ui.enabled=false",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.driver.bindAddress=127.0.0.1",
                "-Dspark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension",
                "-Dspark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog",
                "-Dspark.sql.legacy.parameterSubstitution.constantsOnly=true",
                "-Dspark.sql.shuffle.partitions=1",
                "-Dspark.sql.adaptive.enabled=false",
                "-Dspark.sql.maxPlanStringLength=100",
                // For a few rows compiling takes longer than it saves.
                "-Dspark.sql.codegen.wholeStage=false",
                "-Dspark.sql.codegen.factoryMode=NO_CODEGEN",
                "-Dspark.databricks.delta.snapshotPartitions=1",
                "-cp",
                classPath,
                Tasks.class.getName()));
        command.addAll(List.of(tasks));
        Path printed = temp.resolve("out.txt");
        Path logged = temp.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectOutput(printed.toFile())
                .redirectError(logged.toFile())
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        out = Files.readString(printed);
        err = Files.readString(logged);
        assertThat(out).as(err).contains("All tasks have been called.");
    }

    /** A folder with the class that calls the tasks and nothing else of this build. */
    private static Path mainClass() throws IOException {
        String name = Tasks.class.getName().replace('.', '/') + ".class";
        Path folder = temp.resolve("main");
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (var in = RunFromJarTest.class.getClassLoader().getResourceAsStream(name)) {
            Files.copy(in, file);
        }
        return folder;
    }

    /** Calls a task for each argument: a class and its parameters, of which paths are below the working directory. */
    static final class Tasks {
        public static void main(String[] tasks) throws Exception {
            System.getLogger("dev.lakehouse").log(System.Logger.Level.INFO, "rows = 3");
            for (String task : tasks) {
                List<String> words = new ArrayList<>(List.of(task.split(" ", -1)));
                Class<?> main = Class.forName(words.remove(0));
                words.add("--warehouse=" + Path.of("warehouse").toUri());
                words.replaceAll(word -> word.replaceFirst(
                        "^(--(?:landing|input|exports|output|scratch|customers|purchases)=)([^/].*)$",
                        "$1" + Path.of("").toAbsolutePath() + "/$2"));
                try {
                    main.getMethod("main", String[].class).invoke(null, (Object) words.toArray(String[]::new));
                } catch (InvocationTargetException e) {
                    System.out.println(
                            main.getSimpleName() + " failed: " + e.getCause().getMessage());
                }
            }
            System.out.println("All tasks have been called.");
            System.out.flush();
            System.exit(0);
        }
    }
}
