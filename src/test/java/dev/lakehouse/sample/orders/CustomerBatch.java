package dev.lakehouse.sample.orders;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A batch of customers as a reader without Spark understands it.
 *
 * @param rows as they stand: id, name, industries
 */
record CustomerBatch(List<List<String>> rows) {

    /** A CSV file's text, its header first. */
    static CustomerBatch of(String csv) {
        List<List<String>> rows = new ArrayList<>();
        csv.lines().skip(1).forEach(line -> rows.add(fields(line)));
        return new CustomerBatch(rows);
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        rows.forEach(row -> ids.add(row.get(0)));
        return ids;
    }

    /** The industries of each customer, by the last of these batches that tells of it; only those that exist. */
    static Map<String, Set<String>> industries(List<CustomerBatch> batches) {
        Map<String, Set<String>> industries = new LinkedHashMap<>();
        for (CustomerBatch batch : batches) {
            for (List<String> row : batch.rows()) {
                Set<String> known = new TreeSet<>(List.of(row.get(2).split(";", -1)));
                known.retainAll(ExpectedRanking.INDUSTRIES);
                industries.put(row.get(0), known);
            }
        }
        return industries;
    }
}
