package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the local runner refuses; the first thing that is wrong with each workflow. */
final class BundleRunsHere {
    /** What the command line says of the servers that it started. */
    private static final Map<String, Supplier<String>> FACTS = Map.ofEntries(
            Map.entry("bucket", () -> "s3a://lakehouse"),
            Map.entry("exports", () -> "/lakehouse/output"),
            Map.entry("pseudonym_keyset", () -> "file:/lakehouse/keys/pseudonyms"),
            Map.entry("mysql_url", () -> "jdbc:mysql://localhost/lakehouse"),
            Map.entry("mysql_database", () -> "lakehouse"),
            Map.entry("mysql_user", () -> "lakehouse"),
            Map.entry("mysql_password", () -> "file:/lakehouse/password"),
            Map.entry("kafka_servers", () -> "localhost:9092"),
            Map.entry("kafka_security", () -> "PLAINTEXT"),
            Map.entry("kafka_mechanism", () -> ""),
            Map.entry("kafka_user", () -> ""),
            Map.entry("kafka_password", () -> ""));

    private BundleRunsHere() {}

    /** What a home knows of the databases that were added to it, whose variables stand beside their schemas. */
    private static Map<String, Supplier<String>> ofDatabases(Bundle bundle) {
        Map<String, Supplier<String>> values = new HashMap<>();
        bundle.parts()
                .values()
                .forEach(file -> Bundle.entries(file, "variables").keySet().forEach(name -> {
                    if (name.endsWith("_mysql_url")) {
                        String database = name.substring(0, name.length() - "_mysql_url".length());
                        values.put(name, () -> "jdbc:mysql://localhost/" + database);
                        values.put(database + "_mysql_user", () -> "lakehouse");
                        values.put(database + "_mysql_password", () -> "file:/lakehouse/password");
                    }
                }));
        return values;
    }

    static List<String> findings(Bundle bundle) {
        List<String> findings = new ArrayList<>();
        try {
            LocalVariables variables = LocalVariables.read(bundle.root().resolve(Bundle.LOCAL))
                    .with(FACTS)
                    .withDefaults(ofDatabases(bundle));
            for (Workflow workflow :
                    Workflows.read(bundle.root().resolve("workflows")).all()) {
                try {
                    WorkflowCheck.check(workflow, variables, Map.of());
                } catch (UserError e) {
                    findings.add(e.getMessage());
                }
            }
        } catch (UserError e) {
            findings.add(e.getMessage());
        }
        return findings;
    }
}
