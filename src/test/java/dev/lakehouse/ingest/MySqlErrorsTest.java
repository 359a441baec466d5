package dev.lakehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlErrorsTest {
    private final MySqlServer server = new MySqlServer(
            "jdbc:mysql://db:3306/shop?useSSL=true", "reader", SecretReference.parse("env:MYSQL_PASSWORD"));

    /** 1698 is what servers of some systems say where an account has no password: {@code root}, by the socket only. */
    @ParameterizedTest
    @ValueSource(ints = {1045, 1698})
    void aRefusedLoginNamesAccountAndReference(int code) {
        UserError error =
                MySqlErrors.explain(server, new SQLException("Access denied for 'reader'@'10.0.0.1'", "28000", code));

        assertThat(error.problem()).isEqualTo("MySQL refused the login at jdbc:mysql://db:3306/shop as user 'reader'.");
        assertThat(error.cause()).contains("env:MYSQL_PASSWORD");
        assertThat(error.mend()).contains("secret reference");
    }

    @Test
    void anErrorWithoutAnExplanationKeepsTheServersWordsAndNumber() {
        UserError error = MySqlErrors.explain(server, new SQLException("Disk full\nand more", "HY000", 1021));

        assertThat(error.cause()).isEqualTo("MySQL says: Disk full (error 1021)");
    }
}
