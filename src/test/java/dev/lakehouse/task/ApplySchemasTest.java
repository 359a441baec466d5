package dev.lakehouse.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
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
}
