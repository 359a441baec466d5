package dev.lakehouse.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class ApplySchemasTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    private String apply(String tables) {
        return lakehouse.task(ApplySchemas::main, List.of("--tables=" + tables));
    }

    @Test
    void missingTablesAreCreatedWithTheirConstraintsAndExistingOnesAreLetBe() {
        assertThat(apply("members.members,members.members_quarantine"))
                .contains("created     members.members\n")
                .contains("created     members.members_quarantine\n");
        assertThat(lakehouse.query("SHOW TBLPROPERTIES members.members"))
                .anyMatch(property -> property.startsWith("delta.constraints.email_has_one_at|"));
        long version = lakehouse.version("members.members");

        assertThat(apply("members.members")).contains("exists      members.members\n");

        assertThat(lakehouse.version("members.members")).isEqualTo(version);
    }

    @Test
    void whatUnityCatalogKnowsIsNotAppliedWhereThereIsNone() {
        // Without --set no statement of members.unity.sql could be made.
        assertThat(apply("members.members")).doesNotContain("masks");
    }

    @Test
    void aTableWithoutADdlFileIsRefusedByName() {
        assertThatThrownBy(() -> apply("members.membres"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no DDL for members.membres")
                .hasMessageContaining("schemas/members/membres.sql");
    }

    /** MySQL as a catalogue of Spark stands in for Unity Catalog: it has schemas, and tasks may not create them. */
    @Test
    void whereTheCatalogueGovernsAllMissingSchemasAreNamedAtOnceAndNoneIsCreated() {
        SparkSession session = TestLakehouse.session();
        String catalogue = "spark.sql.catalog.governed";
        session.conf().set(catalogue, "org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog");
        session.conf().set(catalogue + ".url", lakehouse.mysql().url());
        session.conf().set(catalogue + ".driver", "com.mysql.cj.jdbc.Driver");
        session.conf().set(catalogue + ".user", lakehouse.mysql().user());
        session.conf().set(catalogue + ".password", lakehouse.mysql().password().resolve());
        try {
            assertThatThrownBy(() -> ApplySchemas.main(new String[] {
                        "--catalog=governed", "--tables=members.members,members.members_quarantine,votes.votes"
                    }))
                    .isInstanceOf(UserError.class)
                    .hasMessageMatching(
                            "(?s)The catalogue governed has no schema (ops, )?members, votes that this task may use.*")
                    .hasMessageContaining("Deploy the bundle")
                    .hasMessageContaining("MANAGE ON SCHEMA `governed`.`votes` TO");
            assertThat(lakehouse.mysqlRow(
                            "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'votes'"))
                    .isEqualTo("0");
        } finally {
            session.catalog().setCurrentCatalog("spark_catalog");
        }
    }
}
