package dev.lakehouse.remote;

import com.databricks.sdk.core.ApiClient;
import com.databricks.sdk.core.http.HttpClient;
import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.core.http.Response;
import dev.lakehouse.task.TaskContext.Stopwatch;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Repeats requests; no other code does. The SDK's own repetition is switched off: it gives up after four attempts, waits for any time in
 * {@code Retry-After}, and does not repeat after status 500, 502 and 504, lost connections and expired logins.
 *
 * <p>A request is repeated if the workspace has not processed it (429, 503, or not received). If it may have been
 * processed (another 5xx, a lost connection), it is repeated only if it is idempotent: it reads, replaces or removes,
 * or it has an idempotency token.
 */
final class PatientHttp implements HttpClient {
    private static final Set<Integer> UNPROCESSED = Set.of(429, 503);
    private static final Set<Integer> PERHAPS_PROCESSED = Set.of(500, 502, 504);
    private static final Duration WORTH_A_WORD = Duration.ofSeconds(10);

    private final HttpClient http;
    private final RenewableLogin login;
    private final Patience patience;
    private final Consumer<String> notes;
    private volatile boolean answered;

    PatientHttp(HttpClient http, RenewableLogin login, Patience patience, Consumer<String> notes) {
        this.http = http;
        this.login = login;
        this.patience = patience;
        this.notes = notes;
    }

    @Override
    public Response execute(Request request) throws IOException {
        Stopwatch stopwatch = Stopwatch.start();
        boolean renewed = false;
        for (int count = 0; ; count++) {
            Answer answer = attempt(request);
            if (answer.refusesLogin() && !renewed && renew(request)) {
                renewed = true;
                continue;
            }
            if (!answer.isWorthRepeating(request)) {
                return answer.get();
            }
            Duration pause = pause(answer, count);
            Duration limit = answered ? patience.repeat() : patience.connect();
            if (stopwatch.elapsed().plus(pause).compareTo(limit) > 0) {
                return answer.get();
            }
            if (pause.compareTo(WORTH_A_WORD) >= 0) {
                notes.accept(answer.words() + "; the next attempt follows in " + pause.toSeconds() + " s");
            }
            sleep(pause);
        }
    }

    private Answer attempt(Request request) {
        try {
            Response response = http.execute(request);
            answered = true;
            return new Answer(response, null);
        } catch (IOException e) {
            return new Answer(null, e);
        }
    }

    private boolean renew(Request request) {
        Map<String, String> fresh = login.renewed();
        if (fresh.isEmpty() || request.getHeaders().entrySet().containsAll(fresh.entrySet())) {
            return false;
        }
        request.withHeaders(fresh);
        return true;
    }

    private Duration pause(Answer answer, int count) {
        Optional<Long> asked = Optional.ofNullable(answer.response)
                .flatMap(ApiClient::getBackoffFromRetryAfterHeader)
                .filter(millis -> millis >= 0);
        return asked.map(Duration::ofMillis)
                .map(pause -> Patience.shorter(pause, patience.longestPause()))
                .orElseGet(() -> patience.pause(count));
    }

    static void sleep(Duration pause) throws IOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The outcome of an attempt: a response or a failure. */
    private record Answer(Response response, IOException failure) {
        Response get() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return response;
        }

        boolean refusesLogin() {
            return response != null && Refusals.isOfLogin(response.getStatusCode(), response.getDebugBody());
        }

        boolean isWorthRepeating(Request request) {
            if (failure != null) {
                return isRepeatable(request) || neverArrived();
            }
            int status = response.getStatusCode();
            return UNPROCESSED.contains(status) || (PERHAPS_PROCESSED.contains(status) && isRepeatable(request));
        }

        private boolean neverArrived() {
            return failure instanceof ConnectException
                    || failure instanceof UnknownHostException
                    || failure instanceof NoRouteToHostException;
        }

        private static boolean isRepeatable(Request request) {
            if (!request.getMethod().equals(Request.POST)
                    && !request.getMethod().equals(Request.PATCH)) {
                return true;
            }
            // In a JSON string the quotes would be escaped.
            return request.isBodyString() && request.getBodyString().contains("\"idempotency_token\":\"");
        }

        String words() {
            return failure != null
                    ? "the workspace cannot be reached"
                    : response.getStatusCode() == 429
                            ? "the workspace receives too many requests"
                            : "the workspace answers with status " + response.getStatusCode();
        }
    }
}
