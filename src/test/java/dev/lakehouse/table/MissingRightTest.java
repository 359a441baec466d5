package dev.lakehouse.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingRightTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            PERMISSION_DENIED: User does not have USE SCHEMA on Schema 'prod.members'. | GRANT USE SCHEMA ON SCHEMA `prod`.`members` TO `jobs`
            [INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have USE CATALOG on Catalog 'prod'. SQLSTATE: 42501 | GRANT USE CATALOG ON CATALOG `prod` TO `jobs`
            User does not have CREATE TABLE and USE SCHEMA on Schema 'prod.ops' | GRANT CREATE TABLE, USE SCHEMA ON SCHEMA `prod`.`ops` TO `jobs`
            User does not have permission MANAGE on Table 'prod.members.members'. | GRANT MANAGE ON TABLE `prod`.`members`.`members` TO `jobs`
            User is not an owner of Table 'prod.members.members'. | GRANT MANAGE ON TABLE `prod`.`members`.`members` TO `jobs`
            User does not have READ FILES on External Location 'land`ing'. | GRANT READ FILES ON EXTERNAL LOCATION `land``ing` TO `jobs`""")
    void aRefusalOfTheCatalogueNamesTheStatementThatGrantsTheRight(String message, String grant) {
        assertThat(MissingRight.in(message))
                .hasValueSatisfying(right -> assertThat(right.grant("jobs")).isEqualTo(grant));
    }

    @Test
    void theErrorNamesWhoLacksTheRightAndHoldsNothingOfTheOriginalText() {
        TestLakehouse.session();
        RuntimeException refusal = new IllegalStateException(
                "outer",
                new IllegalStateException(
                        "PERMISSION_DENIED: User does not have MODIFY on Table 'prod.ops.task_runs'. == SQL == x"));

        UserError error = MissingRight.explain(refusal).orElseThrow();

        // Spark's current_user() is the account that runs this JVM.
        String principal = System.getProperty("user.name");
        assertThat(error.cause()).isEqualTo(principal + " does not have MODIFY on TABLE prod.ops.task_runs.");
        assertThat(error.fix()).contains("GRANT MODIFY ON TABLE `prod`.`ops`.`task_runs` TO `" + principal + "`");
        assertThat(error.getMessage()).doesNotContain("== SQL ==");
    }

    @Test
    void otherFailuresAreNotExplained() {
        assertThat(MissingRight.explain(new IllegalStateException("a table is missing")))
                .isEmpty();
        assertThat(MissingRight.explain(new IllegalStateException(
                        "not a number: 'PERMISSION_DENIED: User does not have MANAGE on Catalog 'prod''")))
                .isEmpty();
    }
}
