package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.testing.TestServers;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThat(error.fix()).contains("the secret that the reference names");
    }

    @Test
    void anErrorWithoutAnExplanationKeepsTheServersWordsAndNumber() {
        UserError error = MySqlErrors.explain(server, new SQLException("Row is odd\nand more", "HY000", 1999));

        assertThat(error.cause()).isEqualTo("MySQL reports: Row is odd (error 1999)");
    }

    @ParameterizedTest
    @CsvSource({
        "1040, has no free connection, max_connections",
        "1203, has no free connection, limit",
        "1226, has no free connection, limit",
        "1129, blocks this host, host_cache",
        "1130, no connection from this host, Create the account",
        "1053, The connection to MySQL was lost, log",
        "1153, exceeds the packet limit, max_allowed_packet",
        "1205, A statement waited too long, SHOW PROCESSLIST",
        "1213, A statement waited too long, SHOW PROCESSLIST",
        "1290, does not accept changes, can be written to",
        "1021, has run out of space, Free space",
        "3024, stopped a statement, max_execution_time",
        "3159, requires TLS, sslMode=REQUIRED",
        "4031, closed an idle connection, wait_timeout",
    })
    void aServersNumberHasItsOwnCauseAndFix(int code, String problem, String fix) {
        UserError error = MySqlErrors.explain(server, new SQLException("The server's words\n\tat x.y", "HY000", code));

        assertThat(error.problem()).contains(problem);
        assertThat(error.cause())
                .contains("The server's words (error " + code + ")")
                .doesNotContain("x.y");
        assertThat(error.fix()).contains(fix).doesNotContain("firewall");
    }

    @Test
    void onlyWhereNothingAnswersAFirewallIsNamed() {
        assertThat(explained(new ConnectException("Connection refused")).fix()).contains("firewall");
        assertThat(explained(new SocketTimeoutException("Connect timed out")).fix())
                .contains("firewall");
        assertThat(explained(new SocketTimeoutException("Read timed out")).fix())
                .contains("socketTimeout");
        assertThat(explained(new UnknownHostException("db")).problem()).contains("is unknown");
        assertThat(explained(new SSLHandshakeException("Received fatal alert: handshake_failure"))
                        .problem())
                .contains("TLS handshake");
        assertThat(explained(new CertPathValidatorException("Path does not chain"))
                        .problem())
                .isEqualTo("The certificate of MySQL at jdbc:mysql://db:3306/shop is not trusted.");
        assertThat(explained(new EOFException("Can not read response from server."))
                        .problem())
                .contains("was lost");
        assertThat(MySqlErrors.explain(server, new SQLException("Public Key Retrieval is not allowed", "08001", 0))
                        .fix())
                .contains("allowPublicKeyRetrieval=true");
    }

    private UserError explained(Exception cause) {
        return MySqlErrors.explain(server, new SQLException("Communications link failure", "08S01", 0, cause));
    }

    /** The driver's own exceptions, as a real server and real sockets cause them. */
    @Nested
    final class Live {
        private final MySqlServer live = TestServers.freshDatabase();

        private MySqlServer at(String url) {
            return new MySqlServer(url, live.user(), live.password());
        }

        @Test
        void aConnectionThatWaitedTooLongIsNotCalledUnreachable() throws Exception {
            MySqlServer impatient = at(live.url() + "?sessionVariables=wait_timeout=1");
            try (Connection connection = impatient.connect();
                    Statement statement = connection.createStatement()) {
                Thread.sleep(2500);
                assertThatThrownBy(() -> statement.execute("SELECT 1"))
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(
                                        MySqlErrors.explain(impatient, e).problem())
                                .contains("closed an idle connection"));
            }
        }

        @Test
        void socketsTellWhatIsThere() throws Exception {
            try (ServerSocket closing = new ServerSocket(0)) {
                Thread thread = new Thread(() -> {
                    try {
                        closing.accept().close();
                    } catch (IOException e) {
                        // The test has ended.
                    }
                });
                thread.setDaemon(true);
                thread.start();
                assertThatThrownBy(() -> at("jdbc:mysql://127.0.0.1:" + closing.getLocalPort() + "/shop")
                                .connect())
                        .hasMessageContaining("closed the connection before the handshake");
            }
            assertThatThrownBy(() -> at("jdbc:mysql://127.0.0.1:1/shop").connect())
                    .hasMessageContaining("Connection refused")
                    .hasMessageContaining("firewall");
            assertThatThrownBy(
                            () -> at("jdbc:mysql://no-such-host.invalid/shop").connect())
                    .hasMessageContaining("is unknown");
        }

        @Test
        void optionsOfTheAddressReachServerAndDriver() throws Exception {
            MySqlServer slow = at(live.url() + "?socketTimeout=300&sessionVariables=lock_wait_timeout=77");
            try (Connection connection = slow.connect();
                    Statement statement = connection.createStatement()) {
                try (ResultSet row = statement.executeQuery(
                        "SELECT @@lock_wait_timeout, @@wait_timeout, @@sql_mode LIKE '%ANSI%', @@time_zone")) {
                    row.next();
                    assertThat(List.of(row.getInt(1), row.getInt(2), row.getInt(3)))
                            .containsExactly(77, 28800, 0);
                    assertThat(row.getString(4)).isIn("UTC", "+00:00");
                }
                assertThatThrownBy(() -> statement.execute("SELECT SLEEP(3)"))
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(
                                        MySqlErrors.explain(slow, e).fix())
                                .contains("socketTimeout"));
            }
            assertThatThrownBy(() -> at(live.url() + "?sessionVariables=no_such_variable=1")
                            .connect())
                    .hasMessageContaining("refused to set a variable")
                    .hasMessageContaining("no_such_variable");
            assertThatThrownBy(() -> at(live.url() + "?sslMode=SOMETIMES").connect())
                    .hasMessageContaining("an invalid value");
        }
    }
}
