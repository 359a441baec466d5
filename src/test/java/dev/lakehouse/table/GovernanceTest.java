package dev.lakehouse.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Governance is applied for real, with statements that Spark understands, too; what Unity Catalog alone understands is
 * looked at as text.
 */
class GovernanceTest {
    private static final TableName SHOP = new TableName("lake", "shop");
    private static final Map<String, String> VALUES =
            Map.of("job_group", "jobs", "reader_group", "readers", "personal_data_group", "those who may");
    private static final Path SCHEMAS = Path.of("schemas");

    private final SparkSession session = TestLakehouse.session();

    @BeforeEach
    void tableAndCatalogue() {
        TestLakehouse lakehouse = TestLakehouse.fresh();
        Tables.at(session, lakehouse.warehouse())
                .create(SHOP, "CREATE TABLE lake.shop (id INT, name STRING) USING DELTA");
        // What Unity Catalog has by itself.
        session.sql("CREATE SCHEMA IF NOT EXISTS information_schema");
        session.sql(
                "CREATE TABLE IF NOT EXISTS information_schema.table_constraints (table_schema STRING, table_name STRING,"
                        + " constraint_name STRING) USING DELTA");
    }

    @AfterEach
    void noCatalogue() {
        session.sql("DROP SCHEMA information_schema CASCADE");
    }

    private static Governance governance(String... statements) {
        return new Governance(SHOP, List.of(statements));
    }

    private String property(String name) {
        return Tables.properties(session, SHOP).get(name);
    }

    @Test
    void statementsAreAppliedOnceUntilTheyChange() {
        Governance first = governance("ALTER TABLE lake.shop SET TBLPROPERTIES ('team' = 'a')");
        assertThat(first.apply(session)).isTrue();
        assertThat(property("team")).isEqualTo("a");

        session.sql("ALTER TABLE lake.shop SET TBLPROPERTIES ('team' = 'by hand')");
        assertThat(first.apply(session)).isFalse();
        assertThat(property("team")).isEqualTo("by hand");

        assertThat(governance("ALTER TABLE lake.shop SET TBLPROPERTIES ('team' = 'b')")
                        .apply(session))
                .isTrue();
        assertThat(property("team")).isEqualTo("b");
    }

    @Test
    void whatWasStoppedOnTheWayIsDoneAgain() {
        Governance broken = governance("ALTER TABLE lake.shop SET TBLPROPERTIES ('team' = 'a')", "NO SQL");
        assertThatThrownBy(() -> broken.apply(session)).hasMessageContaining("NO");
        assertThatThrownBy(() -> broken.apply(session)).hasMessageContaining("NO");
    }

    @Test
    void aConstraintThatTheCatalogueHasIsNotAddedAgain() {
        String constraint = "ALTER TABLE lake.shop ADD CONSTRAINT id_given CHECK (id IS NOT NULL)";
        assertThat(governance(constraint).apply(session)).isTrue();
        session.sql("INSERT INTO information_schema.table_constraints VALUES ('lake', 'shop', 'id_given')");

        assertThat(governance(constraint, "ALTER TABLE lake.shop SET TBLPROPERTIES ('team' = 'a')")
                        .apply(session))
                .isTrue();

        assertThat(property("team")).isEqualTo("a");
    }

    @Test
    void valuesAreFilledInAndMissingOrDangerousOnesRefused() {
        TableName members = new TableName("members", "members");
        assertThat(Governance.of(members, VALUES).orElseThrow().statements())
                .anyMatch(statement -> statement.contains("TO `readers`"))
                .noneMatch(statement -> statement.contains("${"));
        assertThatThrownBy(() -> Governance.of(members, Map.of("job_group", "jobs")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("needs a value for 'personal_data_group'")
                .hasMessageContaining("None was given");
        assertThatThrownBy(() -> Governance.of(members, Map.of("job_group", "jobs') OR ('1' = '1")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("contains a quote");
        assertThat(Governance.of(SHOP, VALUES)).isEmpty();
    }

    @Test
    void everyGovernanceNamesOnlyColumnsOfItsTable() throws IOException {
        Pattern named = Pattern.compile("ALTER COLUMN (\\w+)|PRIMARY KEY \\((\\w+)\\)|FOREIGN KEY \\((\\w+)\\)");
        for (TableName table : governed()) {
            List<String> columns = columns(table);
            for (String statement : Governance.of(table, VALUES).orElseThrow().statements()) {
                Matcher matcher = named.matcher(statement);
                while (matcher.find()) {
                    String column = Stream.of(1, 2, 3)
                            .map(matcher::group)
                            .filter(g -> g != null)
                            .findFirst()
                            .orElseThrow();
                    assertThat(columns).as("%s: %s", table, statement).contains(column);
                }
            }
        }
    }

    @Test
    void everyTaggedPersonalColumnThatReadersMaySelectIsMasked() throws IOException {
        for (TableName table : governed()) {
            List<String> statements = Governance.of(table, VALUES).orElseThrow().statements();
            boolean readable = statements.contains("GRANT SELECT ON TABLE " + table + " TO `readers`");
            for (String statement : statements) {
                Matcher tagged = Pattern.compile("ALTER COLUMN (\\w+) SET TAGS \\('personal_data'")
                        .matcher(statement);
                if (readable && tagged.find()) {
                    assertThat(statements)
                            .as("%s, a mask of %s", table, tagged.group(1))
                            .anyMatch(mask -> mask.startsWith(
                                    "ALTER TABLE " + table + " ALTER COLUMN " + tagged.group(1) + " SET MASK "));
                }
            }
        }
    }

    @Test
    void masksDoNotHoldForTheJobs() throws IOException {
        for (TableName table : governed()) {
            Governance.of(table, VALUES).orElseThrow().statements().stream()
                    .filter(statement -> statement.contains("FUNCTION") && statement.contains(".masked_"))
                    .filter(statement -> statement.startsWith("CREATE"))
                    .forEach(mask -> assertThat(mask).contains("is_account_group_member('jobs')"));
        }
    }

    /** The file of ops.task_runs makes the mask of text, so a workflow applies it before any table that has the mask. */
    @Test
    void everyMaskIsMadeBeforeATableUsesIt() throws IOException {
        Pattern applied = Pattern.compile("--tables=(\\S+)");
        try (Stream<Path> workflows = Files.list(Path.of("workflows"))) {
            for (Path workflow : workflows.toList()) {
                Matcher tables = applied.matcher(Files.readString(workflow));
                if (tables.find()) {
                    assertMasksAreMade(workflow, List.of(tables.group(1).split(",", -1)));
                }
            }
        }
    }

    private static void assertMasksAreMade(Path workflow, List<String> tables) {
        Pattern made = Pattern.compile("CREATE OR REPLACE FUNCTION (\\w+\\.\\w+)");
        Pattern used = Pattern.compile("SET MASK (\\S+)");
        List<String> masks = new ArrayList<>();
        for (String table : tables) {
            for (String statement :
                    Governance.of(TableName.parse(table), VALUES).orElseThrow().statements()) {
                made.matcher(statement).results().forEach(mask -> masks.add(mask.group(1)));
                used.matcher(statement).results().forEach(mask -> assertThat(masks)
                        .as("%s, %s", workflow, statement)
                        .contains(mask.group(1)));
            }
        }
    }

    @Test
    void textIsMaskedByOneFunction() throws IOException {
        assertThat(governed().stream()
                        .flatMap(table -> Governance.of(table, VALUES).orElseThrow().statements().stream())
                        .filter(statement -> statement.startsWith("CREATE OR REPLACE FUNCTION")))
                .filteredOn(statement -> statement.contains("RETURNS STRING"))
                .singleElement()
                .asString()
                .startsWith("CREATE OR REPLACE FUNCTION ops.masked_text(");
    }

    /** A deployment makes the grants on schemas equal to the bundle's; one that a task made would not outlive the next. */
    @Test
    void grantsOnSchemasAndVolumesStandInTheBundleOnly() throws IOException {
        try (Stream<Path> files = Files.walk(SCHEMAS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".sql")).toList()) {
                assertThat(Files.readString(file))
                        .as("%s", file)
                        .doesNotContainPattern("(?i)GRANT\\b[^;]*\\bON\\s+(SCHEMA|VOLUME|CATALOG)\\b");
            }
        }
    }

    @Test
    void whoMaySelectFromATableMayUseItsSchema() throws IOException {
        Map<String, List<String>> users = usersOfSchemas();
        Pattern select = Pattern.compile("GRANT SELECT ON TABLE (\\w+)\\.\\w+ TO `\\$\\{(\\w+)}`");
        for (TableName table : governed()) {
            SqlScript.governance(table).orElseThrow().statements().stream()
                    .map(select::matcher)
                    .filter(Matcher::matches)
                    .forEach(grant -> assertThat(users.get(grant.group(1)))
                            .as("%s", table)
                            .contains("${var." + grant.group(2) + "}"));
        }
    }

    /** Who has USE_SCHEMA on a schema of the bundle. */
    private static Map<String, List<String>> usersOfSchemas() throws IOException {
        JsonNode schemas = new YAMLMapper()
                .readTree(Path.of("resources/schemas.yml").toFile())
                .at("/resources/schemas");
        Map<String, List<String>> users = new HashMap<>();
        schemas.forEach(schema -> {
            List<String> principals = new ArrayList<>();
            schema.get("grants").forEach(grant -> {
                if (grant.get("privileges").toString().contains("\"USE_SCHEMA\"")) {
                    principals.add(grant.get("principal").asText());
                }
            });
            users.put(schema.get("name").asText(), principals);
        });
        return users;
    }

    private static List<TableName> governed() throws IOException {
        try (Stream<Path> files = Files.walk(SCHEMAS, 2)) { // metric views lie deeper
            List<TableName> tables = files.filter(file -> file.toString().endsWith(".unity.sql"))
                    .map(file -> new TableName(
                            file.getParent().getFileName().toString(),
                            file.getFileName().toString().replace(".unity.sql", "")))
                    .toList();
            assertThat(tables).contains(new TableName("members", "members"));
            return tables;
        }
    }

    private static List<String> columns(TableName table) {
        Optional<SqlScript> ddl = SqlScript.ddl(table);
        assertThat(ddl).as("DDL of %s", table).isPresent();
        return Pattern.compile("(?m)^  (\\w+) ")
                .matcher(ddl.orElseThrow().statements().get(0))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
