package dev.lakehouse.local;

import dev.lakehouse.UserError;
import dev.lakehouse.source.kafka.KafkaServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Checks that a Kafka cluster answers. */
final class KafkaCheck {
    private KafkaCheck() {}

    /**
     * Returns when the cluster has answered.
     *
     * @param limit the time limit
     * @throws UserError if it does not answer in time or refuses the login
     */
    static void answers(KafkaServer server, Duration limit) {
        Map<String, Object> options = new HashMap<>(server.clientOptions());
        String millis = Long.toString(limit.toMillis());
        options.put("default.api.timeout.ms", millis);
        options.put("request.timeout.ms", millis);
        options.put("socket.connection.setup.timeout.ms", millis);
        try (Admin admin = Admin.create(options)) {
            admin.describeCluster().nodes().get();
        } catch (ExecutionException e) {
            throw explain(server, e.getCause());
        } catch (KafkaException e) {
            throw explain(server, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for Kafka", e);
        }
    }

    private static UserError explain(KafkaServer server, Throwable e) {
        if (e instanceof SslAuthenticationException) {
            return new UserError(
                    "The TLS handshake with Kafka failed at " + server.servers() + ".",
                    "The port does not use TLS, or this JVM does not trust its certificate.",
                    "Check --kafka-security and the certificate.",
                    e);
        }
        if (e instanceof AuthenticationException) {
            return new UserError(
                    "Kafka refused the login at " + server.servers()
                            + server.login()
                                    .map(login -> " as user '" + login.user() + "'")
                                    .orElse("")
                            + ".",
                    "The user name, the password"
                            + server.login()
                                    .map(login -> " (" + login.password() + ")")
                                    .orElse("")
                            + " or the mechanism is wrong.",
                    "Check the user, the secret that the reference names, and --kafka-mechanism.",
                    e);
        }
        return new UserError(
                "Kafka cannot be reached at " + server.servers() + ".",
                "No Kafka server answers there with the security protocol " + server.security() + ".",
                "Check host, port and --kafka-security, that the server is running, and that no firewall blocks the"
                        + " connection.",
                e);
    }
}
