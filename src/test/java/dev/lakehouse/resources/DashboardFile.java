package dev.lakehouse.resources;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A dashboard in the form in which a workspace exports it ({@code .lvdash.json}). What the form does not have is refused, as
 * a workspace refuses it or, worse, ignores it.
 */
record DashboardFile(List<Dataset> datasets, List<Page> pages) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    record Dataset(String name, String displayName, List<String> queryLines) {
        String query() {
            return String.join("", queryLines);
        }
    }

    record Page(String name, String displayName, String pageType, String layoutVersion, List<Placed> layout) {}

    record Placed(Widget widget, Position position) {}

    /** A text, or a picture of one dataset. */
    record Widget(String name, Text multilineTextboxSpec, List<NamedQuery> queries, Spec spec) {
        boolean isText() {
            return multilineTextboxSpec != null;
        }

        Query query() {
            return queries.get(0).query();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    record Text(List<String> lines) {}

    record NamedQuery(String name, Query query) {}

    record Query(String datasetName, List<Field> fields, boolean disaggregated) {}

    record Field(String name, String expression) {}

    record Position(int x, int y, int width, int height) {}

    record Frame(boolean showTitle, String title) {}

    /** How it is drawn. */
    record Spec(int version, String widgetType, JsonNode encodings, Frame frame) {
        /** The fields that are drawn, each with what {@code encodings} say of it. */
        Map<String, JsonNode> encoded() {
            return encodings.findParents("fieldName").stream()
                    .collect(Collectors.toMap(
                            encoding -> encoding.get("fieldName").asText(), encoding -> encoding));
        }
    }

    static DashboardFile read() {
        Path file = Path.of(System.getProperty("lakehouse.root"), "resources", "lakehouse.lvdash.json");
        try {
            return JSON.readValue(Files.readString(file), DashboardFile.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<Widget> pictures() {
        return pages.stream()
                .flatMap(page -> page.layout().stream())
                .map(Placed::widget)
                .filter(widget -> !widget.isText());
    }

    Dataset dataset(String name) {
        return datasets.stream()
                .filter(dataset -> dataset.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The dashboard has no dataset " + name));
    }
}
