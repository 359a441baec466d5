package dev.lakehouse.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReferenceTest {
    @Test
    void aFileHoldsASecretWithoutItsLastLineBreak(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), " s3cret \r\n");

        assertThat(SecretReference.parse("file:" + file).resolve()).isEqualTo(" s3cret ");
    }

    @Test
    void aWorkspacesSecretIsReadByItsScopeAndKey() {
        var session = TestLakehouse.session();
        // Databricks has this function by itself.
        session.sql("CREATE TEMPORARY FUNCTION secret(scope STRING, key STRING) RETURNS STRING"
                + " RETURN concat('secret ', key, ' of ', scope)");
        try {
            assertThat(SecretReference.parse("databricks:shop-prod/mysql-password")
                            .resolve())
                    .isEqualTo("secret mysql-password of shop-prod");
            assertThat(SecretReference.parse("databricks:it's/a key').x").resolve())
                    .isEqualTo("secret a key').x of it's");
        } finally {
            session.sql("DROP TEMPORARY FUNCTION secret");
        }
    }

    @Test
    void elsewhereAWorkspacesSecretIsTheUsersError() {
        TestLakehouse.session();

        assertThatThrownBy(() -> SecretReference.parse("databricks:scope/key").resolve())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("The secret databricks:scope/key cannot be read.")
                .hasMessageContaining("This is not Databricks compute");
    }

    @Test
    void whatIsNoReferenceIsNotRepeated() {
        assertThatThrownBy(() -> SecretReference.parse("hunter2"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("env:NAME")
                .message()
                .doesNotContain("hunter2");
    }
}
