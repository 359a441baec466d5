package dev.lakehouse.testing;

import dev.lakehouse.local.Containers;
import dev.lakehouse.local.Home;
import dev.lakehouse.local.LocalServers;
import dev.lakehouse.local.ServerChoice;
import dev.lakehouse.local.ServerOptions;
import dev.lakehouse.source.mysql.MySqlServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets the tests of a class work on a real MySQL in a container instead of the embedded server; they are skipped where
 * there is none. S3 stays the one of all tests.
 */
public final class RealMySql implements BeforeAllCallback, AfterAllCallback {
    private Path directory;
    private Home home;
    private LocalServers servers;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (isNested(context)) {
            return;
        }
        Containers.assumeTheyRun();
        directory = Files.createTempDirectory("lakehouse-mysql");
        home = Home.open(directory);
        servers = LocalServers.start(
                home, ServerOptions.of(ServerChoice.CONTAINERS).with(TestServers.s3()));
        MySqlServer mysql = servers.mysql().address();
        // The account for a person may only use databases of certain names, and tests make one each.
        TestServers.workOn(new MySqlServer(mysql.url(), "root", mysql.password()));
        System.out.println("Containers: " + context.getDisplayName() + " runs on "
                + servers.mysql().description());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (isNested(context) || servers == null) {
            return;
        }
        TestServers.workOn(null);
        servers.close();
        home.close();
        TestServers.delete(directory);
    }

    /** Extensions of a class are called for those within it, too. */
    private static boolean isNested(ExtensionContext context) {
        return context.getRequiredTestClass().getEnclosingClass() != null;
    }
}
