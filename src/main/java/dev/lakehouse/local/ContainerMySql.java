package dev.lakehouse.local;

import static java.lang.System.Logger.Level.WARNING;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.MySqlServer;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * MySQL in a container, reachable only from this machine. Its data directory is bound to a directory in the home. It
 * runs as the home's owner, who therefore owns the files.
 */
final class ContainerMySql {
    private static final Logger LOG = System.getLogger(ContainerMySql.class.getName());

    private ContainerMySql() {}

    static RunningServer<MySqlServer> start(Home home) {
        MySQLContainer container = container(home);
        return new ContainerStart(home, "MySQL", container, MySQLContainer.MYSQL_PORT)
                .run(
                        address -> {
                            String url = "jdbc:mysql://" + address + "/" + EmbeddedMySql.DATABASE;
                            MySqlServer server =
                                    new MySqlServer(url, EmbeddedMySql.USER, home.secret(EmbeddedMySql.PASSWORD));
                            String version = version(server);
                            allowDatabasesOfItsOwn(server);
                            return new RunningServer<>(
                                    server,
                                    "MySQL " + version + ", container of " + Docker.mysqlImage() + ", " + address,
                                    () -> Docker.stop(container));
                        },
                        Function.identity());
    }

    private static MySQLContainer container(Home home) {
        Path data = home.folder("mysql-container");
        String user = EmbeddedMySql.USER;
        return new NotWaitedFor(DockerImageName.parse(Docker.mysqlImage()).asCompatibleSubstituteFor("mysql"))
                .withDatabaseName(EmbeddedMySql.DATABASE)
                .withUsername(user)
                .withPassword(home.secret(EmbeddedMySql.PASSWORD).resolve())
                .withCommand(
                        "mysqld",
                        "--local-infile=1",
                        "--character-set-server=utf8mb4",
                        "--max-allowed-packet=64M",
                        "--innodb-flush-log-at-trx-commit=2",
                        "--skip-log-bin",
                        "--skip-name-resolve",
                        "--default-time-zone=+00:00")
                .withCreateContainerCmdModifier(command -> {
                    HostConfig host = command.getHostConfig();
                    if (host != null) {
                        host.withBinds(new Bind(data.toString(), new Volume("/var/lib/mysql")));
                    }
                    OwnerOnly.owner(home.directory())
                            // MySQL refuses to run as root.
                            .filter(owner -> !owner.startsWith("0:"))
                            .ifPresent(command::withUser);
                });
    }

    /**
     * The image grants the account its own database only; the benchmark creates another one beside it. Nothing else needs the
     * grant, so a server that refuses it is used all the same.
     */
    private static void allowDatabasesOfItsOwn(MySqlServer server) {
        MySqlServer root = new MySqlServer(server.url(), "root", server.password());
        try (Connection connection = root.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("GRANT ALL ON `" + EmbeddedMySql.DATABASE + "\\_%`.* TO '" + server.user() + "'@'%'");
        } catch (SQLException | UserError e) {
            LOG.log(WARNING, "The account of MySQL may not create a database for the benchmark", e);
        }
    }

    private static String version(MySqlServer server) {
        try (Connection connection = server.connect();
                ResultSet row = connection.createStatement().executeQuery("SELECT VERSION()")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("MySQL does not return its version", e);
        }
    }

    /** Disables Testcontainers' wait for databases, because {@link ContainerStart} waits. */
    private static final class NotWaitedFor extends MySQLContainer {
        NotWaitedFor(DockerImageName image) {
            super(image);
        }

        @Override
        protected void waitUntilContainerStarted() {
            // ContainerStart waits for the server.
        }
    }
}
