package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.JdbcStatement;
import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.testing.TestServers;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddedMySqlTest {
    private final MySqlServer server = TestServers.freshDatabase();

    @ParameterizedTest
    @ValueSource(strings = {"lakehouse", "root", "", "mysql", "mariadb.sys"})
    void whoHasNoPasswordOrAWrongOneIsRefused(String user, @TempDir Path temp) throws Exception {
        for (String password : new String[] {"", "not the password"}) {
            Path secret = Files.writeString(temp.resolve("secret"), password);
            MySqlServer login = new MySqlServer(server.url(), user, SecretReference.file(secret));

            assertThatThrownBy(login::connect).isInstanceOf(UserError.class).hasMessageContaining("refused the login");
        }
    }

    @Test
    void rowsAreLoadedFromAStream() throws Exception {
        byte[] rows = "1\tŁódź 🏭\n2\tb\n".getBytes(StandardCharsets.UTF_8);
        try (Connection connection = server.connect(Map.of("allowLoadLocalInfile", "true"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))");
            ((JdbcStatement) statement).setLocalInfileInputStream(new ByteArrayInputStream(rows));

            statement.execute("LOAD DATA LOCAL INFILE 'stream' INTO TABLE t CHARACTER SET utf8mb4");
        }
        assertThat(query("SELECT GROUP_CONCAT(name ORDER BY id) FROM t")).isEqualTo("Łódź 🏭,b");
    }

    @Test
    void theServerIsSetUpForUtf8AndThisMachineOnly() throws Exception {
        assertThat(query("SELECT CURRENT_USER()")).isEqualTo("lakehouse@%");
        assertThat(query("SELECT @@character_set_database")).isEqualTo("utf8mb4");
        assertThat(query("SELECT @@bind_address")).isEqualTo("127.0.0.1");
        assertThat(query("SELECT @@innodb_doublewrite")).isEqualTo("ON");
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
