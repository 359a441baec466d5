package dev.lakehouse.testing;

import java.util.Map;
import java.util.TreeMap;

/** The shared session as it is for millions of rows, until this is closed: with what tests of a few rows go without. */
public final class MuchWork implements AutoCloseable {
    private static final Map<String, String> SETTINGS = Map.of(
            "spark.sql.codegen.wholeStage", "true",
            "spark.sql.codegen.factoryMode", "FALLBACK",
            "spark.sql.shuffle.partitions", "16");

    private final Map<String, String> before = new TreeMap<>();

    public MuchWork() {
        SETTINGS.forEach((name, value) -> {
            before.put(name, TestLakehouse.session().conf().get(name));
            TestLakehouse.session().conf().set(name, value);
        });
    }

    @Override
    public void close() {
        before.forEach((name, value) -> TestLakehouse.session().conf().set(name, value));
    }
}
