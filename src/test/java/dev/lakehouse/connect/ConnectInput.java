package dev.lakehouse.connect;

import dev.lakehouse.extract.ExtractTable;
import dev.lakehouse.privacy.Keyset;
import dev.lakehouse.sample.invoices.SampleDocuments;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What tasks read: a MySQL table, its extract, and files in a landing on the local disk, as a volume would be. */
record ConnectInput(TestLakehouse lakehouse, Path folder) {
    private static final List<String> EXTRACT =
            List.of("--partition=registration_year=year(registration_date)", "--sort=registration_date");

    /** Makes all of it. Extraction does not run on Connect, so it is done here, on the Spark of the tests. */
    ConnectInput prepared() throws IOException {
        lakehouse.mysql("""
                CREATE TABLE members (member_id VARCHAR(36) PRIMARY KEY, first_name VARCHAR(100) NOT NULL,
                  last_name VARCHAR(100) NOT NULL, email VARCHAR(255) NOT NULL, phone_number VARCHAR(50),
                  address VARCHAR(255), city VARCHAR(100), country VARCHAR(100), registration_date DATE)
                """, """
                INSERT INTO members VALUES
                  ('m1', 'Ada', 'Ray', 'ada@example.org', NULL, NULL, 'Bern', 'Switzerland', '2025-02-03'),
                  ('m2', 'Bo', 'Li', 'bo@example.org', '1', 'Road 1', NULL, NULL, '2026-01-31'),
                  ('m3', 'Cy', 'Fox', 'nobody', NULL, NULL, NULL, NULL, '2026-03-01')
                """);
        extract("members", EXTRACT);
        // Rows without a key: the second extract replaces those of the first.
        lakehouse.mysql(
                "CREATE TABLE notes (at DATE NOT NULL, note VARCHAR(9))",
                "INSERT INTO notes VALUES ('2025-02-03', 'a'), ('2025-02-03', 'a'), ('2025-02-03', 'b')");
        extract("notes", List.of("--key=*"));
        lakehouse.mysql("ALTER TABLE notes MODIFY at DATE NULL", "UPDATE notes SET at = NULL WHERE note = 'b'");
        extract("notes", List.of("--key=*"));

        write("votes/votes.jsonl", """
                {"Id":"1","PostId":"1","VoteTypeId":"2","CreationDate":"2022-01-02T00:00:00.000"}
                {"Id":"2","PostId":"1","VoteTypeId":"2","CreationDate":"2022-01-03T00:00:00.000"}
                {"Id":"3","PostId":"1","VoteTypeId":"2","CreationDate":"2022-01-04T00:00:00.000"}
                {"Id":"1","PostId":"1","VoteTypeId":"2","CreationDate":"2022-01-02T00:00:00.000"}
                no vote
                """);
        write("orders/customers/1.csv", """
                customer_id,company_name,specialized_industries
                c1,One,Food
                c2,Two,Polymer;Food
                c1,One again,Oil&Gas
                """);
        write("spending/customers.csv", """
                customer_id,first_name,last_name,email,age
                1,Ann,Ray,ann@example.com,29
                2,Bo,Li,bo@example.com,30
                2,Bob,Li,bo@example.com,30
                """);
        write("spending/purchases.csv", """
                customer_id,product,price
                1,Mouse,10
                2,Desk,20.50
                9,Lamp,5
                """);
        write("activity/a.json", """
                {"id":"u1","email":"ada@example.org","age_group":1,"user_score":0.9,"revenue":10.5,"widget_list":[{"name":"Oryx","amount":7},{"name":"Emu","amount":8}],"location":"Peru","created_at":"2020-01-31T14:00:00Z"}
                {"id":"u2","email":"bob@example.org","age_group":1,"user_score":0.5,"revenue":1e2,"widget_list":null,"location":"DE","created_at":"2020-01-31T14:00:00Z"}
                {"id":"u3"
                """);
        Files.writeString(folder.resolve("keyset"), Keyset.create().secretText());
        SampleDocuments.draw(TestLakehouse.session(), landing() + "/invoices");
        return this;
    }

    private void write(String name, String content) throws IOException {
        Path file = Path.of(landing(), name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    String landing() {
        return folder.resolve("landing").toString();
    }

    String exports() {
        return folder.resolve("exports").toString();
    }

    private void extract(String table, List<String> options) {
        MySqlServer mysql = lakehouse.mysql();
        List<String> parameters = new ArrayList<>(List.of(
                "--mysql-url=" + mysql.url(),
                "--mysql-user=" + mysql.user(),
                "--mysql-password=" + mysql.password(),
                "--table=" + table,
                "--landing=" + landing()));
        parameters.addAll(options);
        lakehouse.task(ExtractTable::main, parameters);
    }

    /** The bundle's variables, with a catalogue that keeps the tables, as on Databricks. */
    Map<String, String> variables() {
        return Map.ofEntries(
                Map.entry("catalog", "spark_catalog"),
                Map.entry("warehouse", ""),
                Map.entry("landing", landing()),
                Map.entry("exports", exports()),
                Map.entry("personal_exports", folder.resolve("personal").toString()),
                Map.entry("mysql_url", lakehouse.mysql().url()),
                Map.entry("mysql_source", lakehouse.mysql().database()),
                Map.entry("mysql_user", lakehouse.mysql().user()),
                Map.entry("mysql_password", lakehouse.mysql().password().toString()),
                Map.entry("kafka_servers", "127.0.0.1:9"),
                Map.entry("kafka_security", "PLAINTEXT"),
                Map.entry("kafka_mechanism", "PLAIN"),
                Map.entry("kafka_user", ""),
                Map.entry("kafka_password", ""),
                Map.entry("pseudonym_keyset", "file:" + folder.resolve("keyset")),
                Map.entry("reported_email", "pseudonym"),
                Map.entry("job_group", "lakehouse-jobs"),
                Map.entry("reader_group", "lakehouse-readers"),
                Map.entry("personal_data_group", "lakehouse-personal-data"));
    }
}
