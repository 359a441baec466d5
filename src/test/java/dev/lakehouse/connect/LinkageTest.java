package dev.lakehouse.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.connect.References.Member;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The deployed jar finds all that it refers to on every compute, whatever Spark it was compiled with. */
@Tag("databricks")
final class LinkageTest {
    private static final String CONDITIONAL_CREATE = "dev.lakehouse.storage.ConditionalCreate";
    private static final String CHECKPOINT_FILES = "dev.lakehouse.storage.CheckpointFiles";
    private static final String HADOOP_FILE_STORE = "dev.lakehouse.storage.HadoopFileStore";
    private static final String S3_LOG_STORE = "dev.lakehouse.storage.S3LogStore";
    private static final String PARALLELISM = "dev.lakehouse.spark.Parallelism";

    private static final String NEEDS_AWS =
            "tells S3's answers apart by an exception of the AWS SDK, on S3 outside Databricks";

    /** What does not run on Spark 4.1 and Delta alone, each with the reason. */
    private static final Map<String, String> NOT_ON_SPARK_4_1 = Map.of(CONDITIONAL_CREATE, NEEDS_AWS);

    /** What does not run on Spark 4.0 and Delta alone, each with the reason. */
    private static final Map<String, String> NOT_ON_SPARK_4_0 = Map.of(
            CONDITIONAL_CREATE,
            NEEDS_AWS,
            CHECKPOINT_FILES,
            "extends a class that Spark 4.1 has moved; set for S3 outside Databricks only");

    private static final String COPY = "dev.lakehouse.extract.copy.";
    private static final String DATA_FILES = COPY + "DataFiles";
    private static final String HASHED_OUTPUT = COPY + "HashedOutput";
    private static final String PARQUET_COLUMN = COPY + "ParquetColumn";
    private static final String ROW_WRITE_SUPPORT = COPY + "RowWriteSupport";
    private static final String ROW_SINK = COPY + "RowSink";
    private static final String TABLE_COPY = COPY + "TableCopy";
    private static final String FILE_SUMS = COPY + "FileSums";
    private static final String COLUMN_TEXTS = COPY + "ColumnTexts";
    private static final String PARQUET_INPUT = COPY + "ParquetInput";
    private static final String ROW_EXPRESSION = "dev.lakehouse.spark.RowExpression";
    private static final String TASK_ROWS = "dev.lakehouse.spark.TaskRows";
    private static final String HADOOP_TASK_FILES = "dev.lakehouse.storage.HadoopTaskFiles";

    private static final String EXTRACTION = "extraction needs dedicated compute; writes Parquet by its own library";

    private static final String READ_BACK = "reads Parquet by its own library; Spark's functions do it in a client";

    /** What does not run in a client of Spark Connect, each with the reason. */
    private static final Map<String, String> NOT_ON_CONNECT = Map.ofEntries(
            Map.entry(
                    HADOOP_FILE_STORE, "uses Hadoop, which a client does not have; HadoopFiles refuses such locations"),
            Map.entry(CONDITIONAL_CREATE, "writes to Hadoop file systems, for the three classes that are named here"),
            Map.entry(S3_LOG_STORE, "is loaded by Delta, by its name; set for S3 outside Databricks only"),
            Map.entry(CHECKPOINT_FILES, "is loaded by Spark, by its name; set for S3 outside Databricks only"),
            Map.entry(PARALLELISM, "asks the Spark context; extraction needs dedicated compute"),
            Map.entry(HADOOP_TASK_FILES, "uses Hadoop in Spark tasks, which a client does not run"),
            Map.entry(ROW_EXPRESSION, "evaluates Spark's expressions in Spark tasks, which a client does not run"),
            Map.entry(TASK_ROWS, "counts in Spark tasks, which a client does not run"),
            Map.entry(DATA_FILES, EXTRACTION),
            Map.entry(HASHED_OUTPUT, EXTRACTION),
            Map.entry(PARQUET_COLUMN, EXTRACTION),
            Map.entry(ROW_WRITE_SUPPORT, EXTRACTION),
            Map.entry(FILE_SUMS, READ_BACK),
            Map.entry(COLUMN_TEXTS, READ_BACK),
            Map.entry(PARQUET_INPUT, READ_BACK));

    /** Who may refer to these: whatever else did would fail to link. */
    private static final Map<String, Set<String>> SEAMS = Map.ofEntries(
            Map.entry(HADOOP_FILE_STORE, Set.of("dev.lakehouse.storage.HadoopFiles", HADOOP_TASK_FILES)),
            Map.entry(CONDITIONAL_CREATE, Set.of(HADOOP_FILE_STORE, S3_LOG_STORE, CHECKPOINT_FILES)),
            Map.entry(S3_LOG_STORE, Set.of()),
            Map.entry(CHECKPOINT_FILES, Set.of()),
            Map.entry(PARALLELISM, Set.of("dev.lakehouse.extract.Extraction")),
            Map.entry(HADOOP_TASK_FILES, Set.of(HADOOP_FILE_STORE)),
            Map.entry(
                    ROW_EXPRESSION,
                    Set.of(
                            "dev.lakehouse.extract.FileLayout",
                            "dev.lakehouse.extract.Extraction",
                            TABLE_COPY,
                            ROW_SINK)),
            Map.entry(TASK_ROWS, Set.of(TABLE_COPY, FILE_SUMS)),
            Map.entry(DATA_FILES, Set.of(ROW_SINK)),
            Map.entry(HASHED_OUTPUT, Set.of(DATA_FILES)),
            Map.entry(PARQUET_COLUMN, Set.of(ROW_SINK, ROW_WRITE_SUPPORT, COLUMN_TEXTS)),
            Map.entry(ROW_WRITE_SUPPORT, Set.of(DATA_FILES)),
            Map.entry(FILE_SUMS, Set.of("dev.lakehouse.extract.ExtractFiles")),
            Map.entry(COLUMN_TEXTS, Set.of(FILE_SUMS)),
            Map.entry(PARQUET_INPUT, Set.of(FILE_SUMS)));

    @Test
    void onSpark41OnlyWhatDoesNotRunThereIsMissing() throws IOException {
        assertOnlyMissing(missing("connect-server"), NOT_ON_SPARK_4_1);
    }

    @Test
    void onSpark40OnlyWhatDoesNotRunThereIsMissing() throws IOException {
        assertOnlyMissing(missing("spark-4.0"), NOT_ON_SPARK_4_0);
    }

    @Test
    void inAClientOfSparkConnectOnlyWhatDoesNotRunThereIsMissing() throws IOException {
        assertOnlyMissing(missing("connect-client"), NOT_ON_CONNECT);
    }

    @Test
    void inDatabricksConnectOnlyWhatDoesNotRunThereIsMissing() throws IOException {
        assertOnlyMissing(missing("databricks-connect"), NOT_ON_CONNECT);
    }

    @Test
    void whatDoesNotRunOnConnectIsReachedThroughItsSeamOnly() {
        Map<String, References> classes = JarClasses.all();
        assertThat(SEAMS.keySet()).isEqualTo(NOT_ON_CONNECT.keySet());
        SEAMS.forEach((hidden, seam) -> {
            String internal = hidden.replace('.', '/');
            Set<String> users = classes.entrySet().stream()
                    .filter(entry -> entry.getValue().types().contains(internal))
                    .map(entry -> outermost(entry.getKey()))
                    .filter(user -> !user.equals(hidden))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(users).as("classes that refer to " + hidden).isEqualTo(seam);
        });
    }

    @Test
    void aMissingClassMethodOrFieldIsFoundAndAnInheritedOneIsNot() throws IOException {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Caller", null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "calls", "()V", null, null);
        code.visitCode();
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/util/ArrayList", "addAll", "(I)V", false);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/util/ArrayList", "toString", "()Ljava/lang/String;", false);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/util/ArrayList", "size", "()J", false);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, "java/util/List", "hashCode", "()I", true);
        code.visitFieldInsn(Opcodes.GETSTATIC, "java/lang/System", "out", "Ljava/io/PrintStream;");
        code.visitFieldInsn(Opcodes.GETSTATIC, "java/lang/System", "in", "Ljava/io/PrintStream;");
        code.visitMethodInsn(Opcodes.INVOKESTATIC, "no/such/Type", "of", "()V", false);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "[I", "clone", "()Ljava/lang/Object;", false);
        code.visitEnd();
        writer.visitEnd();

        try (Linkage jdk = Linkage.against(List.of())) {
            References references = References.of(writer.toByteArray());
            assertThat(references.members()).contains(new Member("no/such/Type", "of()V"));
            assertThat(jdk.missing(references))
                    .containsExactlyInAnyOrder(
                            "Caller",
                            "java.lang.System.in:Ljava/io/PrintStream;",
                            "java.util.ArrayList.addAll(I)V",
                            "java.util.ArrayList.size()J",
                            "no.such.Type");
        }
    }

    /** What our classes miss on a class path, by the outermost class. */
    private static Map<String, Set<String>> missing(String pom) throws IOException {
        List<Path> path = new ArrayList<>(List.of(ClassPath.JAR));
        path.addAll(ClassPath.of(pom));
        Map<String, Set<String>> missing = new TreeMap<>();
        try (Linkage linkage = Linkage.against(path)) {
            JarClasses.all().forEach((name, references) -> {
                Set<String> found = linkage.missing(references);
                if (!found.isEmpty()) {
                    missing.computeIfAbsent(outermost(name), none -> new TreeSet<>())
                            .addAll(found);
                }
            });
        }
        return missing;
    }

    private static void assertOnlyMissing(Map<String, Set<String>> missing, Map<String, String> expected) {
        Map<String, Set<String>> unexpected = new TreeMap<>(missing);
        unexpected.keySet().removeAll(expected.keySet());
        assertThat(unexpected).as("missing, and by classes that run there").isEmpty();
        assertThat(missing.keySet())
                .as("classes that the list need not name any more")
                .containsAll(expected.keySet());
    }

    private static String outermost(String name) {
        return name.replaceFirst("\\$.*", "");
    }
}
