package dev.lakehouse.remote;

import com.databricks.sdk.core.DatabricksConfig;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A workspace of one test: it answers as the test says, in turn, and keeps what it was asked. To be closed. */
final class MisbehavingWorkspace implements AutoCloseable {
    /** Short enough for a test, and still as the usual one: grows, and has an end. */
    static final Patience SHORT = new Patience(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofMillis(10),
            Duration.ofMillis(1500),
            Duration.ofMillis(20));

    final AtomicReference<String> token = new AtomicReference<>("first");
    final List<String> requests = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final HttpServer server;

    /** What is sent back. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private MisbehavingWorkspace(HttpServer server) {
        this.server = server;
    }

    static MisbehavingWorkspace start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        MisbehavingWorkspace workspace = new MisbehavingWorkspace(server);
        server.createContext("/", workspace::handle);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return workspace;
    }

    /** The next answers to {@code METHOD PATH}; the last one stays. */
    MisbehavingWorkspace on(String request, Answer... inTurn) {
        answers.put(request, new ArrayDeque<>(List.of(inTurn)));
        return this;
    }

    Workspace connect() {
        return Workspace.connect(
                () -> new DatabricksConfig()
                        .setHost("http://127.0.0.1:" + server.getAddress().getPort())
                        .setToken(token.get()),
                SHORT,
                notes::add);
    }

    /** How often something was asked. */
    long asked(String request) {
        synchronized (requests) {
            return requests.stream().filter(asked -> asked.startsWith(request)).count();
        }
    }

    static Answer json(String body) {
        return status(200, body);
    }

    static Answer status(int status, String body, String... header) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            for (int i = 0; i < header.length; i += 2) {
                exchange.getResponseHeaders().set(header[i], header[i + 1]);
            }
            send(exchange, status, body);
        };
    }

    /** Half of an answer, then nothing more. */
    static Answer cut(String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
            throw new IOException("cut by the test");
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        synchronized (requests) {
            requests.add(request + " " + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        }
        Deque<Answer> inTurn;
        Answer answer;
        synchronized (answers) {
            inTurn = answers.getOrDefault(request, new ArrayDeque<>());
            answer = inTurn.size() > 1 ? inTurn.poll() : inTurn.peek();
        }
        Optional.ofNullable(answer).orElse(status(404, "{}")).to(exchange);
        exchange.close();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
