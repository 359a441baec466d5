package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.UserError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CheckTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @Test
    void oneThatFailsLeavesTheOthersAndWhatItHasFound() {
        assertThat(lines(
                        Check.of("first", results -> {
                            results.ok("found");
                            throw new UserError("It is wrong.", "Because.", "Correct it.");
                        }),
                        Check.of("second", results -> {
                            throw new IllegalStateException("internal words");
                        }),
                        Check.of("third", results -> results.ok("works"))))
                .containsExactly(
                        "ok       first     found",
                        "problem  first     It is wrong.",
                        "           why:  Because.",
                        "           fix:  Correct it.",
                        "problem  second    The check itself failed.",
                        "           why:  It ended with IllegalStateException.",
                        "           fix:  Report it with the line above; --verbose shows more.",
                        "ok       third     works");
    }

    @Test
    void oneThatDoesNotEndIsAProblemWithItsFix() {
        CountDownLatch never = new CountDownLatch(1);

        assertThat(lines(
                        Check.ofServer("slow", "The server", results -> {
                            results.ok("half");
                            try {
                                never.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }),
                        Check.of("other", results -> results.ok("works"))))
                .containsExactly(
                        "ok       slow      half",
                        "problem  slow      The server does not answer in time.",
                        "           fix:  Check host and port, that the server is running, and that no firewall blocks"
                                + " the connection. A server that looks up the name of every client (skip_name_resolve"
                                + " is OFF) may be slow to accept a login.",
                        "ok       other     works");
        never.countDown();
    }

    @Test
    void aBusyMachineIsAWarning() {
        CountDownLatch never = new CountDownLatch(1);

        assertThat(lines(Check.of("slow", results -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })))
                .containsExactly(
                        "warning  slow      This could not be checked in time.",
                        "           fix:  Run the command again when the machine is less busy.");
        never.countDown();
    }

    private static List<String> lines(Check... checks) {
        return Check.run(List.of(checks), LIMIT).stream()
                .flatMap(result -> result.lines().stream())
                .collect(Collectors.toList());
    }
}
