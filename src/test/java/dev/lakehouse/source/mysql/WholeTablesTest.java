package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.KernelTable;
import dev.lakehouse.testing.SourceValues;
import dev.lakehouse.testing.TestLakehouse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tables with columns of many types, extracted, loaded, changed, and loaded again. Every value is then compared by an expression
 * of MySQL and one of Spark that have nothing to do with the row checksum, and as Delta Kernel reads it.
 */
@Tag("e2e")
class WholeTablesTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    /**
     * Extracts and loads a table before and after a change, and compares its values.
     *
     * @param values MySQL's expression of each value, and Spark's
     */
    private void followed(String table, Map<String, String> values, String... changes) throws Exception {
        lakehouse.extract(table);
        lakehouse.load(table);
        compare(table, values);
        lakehouse.mysql(changes);
        lakehouse.extract(table);
        assertThat(lakehouse.load(table, "--accept-deletes=1")).contains("1 inserted, 1 updated, 1 deleted");
        compare(table, values);
        assertThat(lakehouse.reconcile(table, "lake." + table)).contains("source = extract = Delta");
        List<String> columns = SourceValues.columns(lakehouse.mysql(), table);
        assertThat(KernelTable.rows(lakehouse.warehouse() + "/lake/" + table, columns))
                .containsExactlyInAnyOrderElementsOf(SourceValues.rows(lakehouse.mysql(), table));
    }

    private void compare(String table, Map<String, String> values) throws Exception {
        List<String> expressions = values.keySet().stream().sorted().toList();
        String spark = expressions.stream()
                .map(mysql -> "coalesce(cast(" + values.get(mysql) + " as string), 'null')")
                .collect(Collectors.joining(", "));
        assertThat(lakehouse.query("SELECT " + spark + " FROM lake." + table))
                .containsExactlyInAnyOrderElementsOf(
                        source("SELECT " + String.join(", ", expressions) + " FROM " + table))
                .hasSizeGreaterThan(1);
    }

    private List<String> source(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = lakehouse.mysql().connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    @Test
    void aFilmRentalShop() throws Exception {
        lakehouse.mysql(
                "CREATE TABLE film (film_id SMALLINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, title VARCHAR(255) NOT NULL,"
                        + " release_year YEAR, rental_rate DECIMAL(4,2) NOT NULL DEFAULT 4.99,"
                        + " rating ENUM('G', 'PG', 'PG-13', 'R', 'NC-17') DEFAULT 'G',"
                        + " special_features SET('Trailers', 'Commentaries', 'Deleted Scenes'), active BIT(1) NOT NULL,"
                        + " picture BLOB, location GEOMETRY, notes VARCHAR(40) DEFAULT 'none' INVISIBLE,"
                        + " short_title CHAR(3) GENERATED ALWAYS AS (LEFT(title, 3)) STORED,"
                        + " dear BIT(1) GENERATED ALWAYS AS (rental_rate > 4) VIRTUAL, last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)"
                        + " CHARACTER SET utf8mb4 COMMENT = 'It''s 100 % \"film\" ${env:HOME} \\\\ ä'",
                "INSERT INTO film (title, release_year, rating, special_features, active, picture, location) VALUES"
                        + " ('Academy', 2006, 'PG', 'Trailers,Deleted Scenes', b'1', X'89504e47', ST_GeomFromText('POINT(1 2)')),"
                        + " ('Ace', NULL, NULL, '', b'0', NULL, NULL), ('Affair', 1901, 'NC-17', 'Commentaries', b'1', X'', NULL)");

        followed(
                "film",
                Map.ofEntries(
                        Map.entry("film_id", "film_id"),
                        Map.entry("title", "title"),
                        Map.entry("release_year + 0", "release_year"),
                        Map.entry("rental_rate", "rental_rate"),
                        Map.entry("CONCAT(rating)", "rating"),
                        Map.entry("CONCAT(special_features)", "special_features"),
                        Map.entry("IF(active, 'true', 'false')", "active"),
                        Map.entry("notes", "notes"),
                        Map.entry("CONCAT(short_title, IF(dear, 'true', 'false'))", "short_title || dear"),
                        Map.entry("HEX(picture)", "hex(picture)"),
                        Map.entry(
                                "HEX(ST_AsBinary(location))",
                                "hex(concat(substr(location, 1, 4), X'00', substr(location, 10)))")),
                "DELETE FROM film WHERE title = 'Ace'",
                "UPDATE film SET picture = X'8950' WHERE title = 'Affair'",
                "INSERT INTO film (title, active) VALUES ('African', b'0')");
        assertThat(TestLakehouse.session()
                        .sql("DESCRIBE DETAIL lake.film")
                        .select("description")
                        .head()
                        .getString(0))
                .isEqualTo("It's 100 % \"film\" ${env:HOME} \\ ä");
    }

    @Test
    void aWiki() throws Exception {
        lakehouse.mysql(
                "CREATE TABLE page (page_namespace INT NOT NULL, page_title VARBINARY(255) NOT NULL, is_new TINYINT(1),"
                        + " page_touched BINARY(14) NOT NULL, content MEDIUMBLOB, PRIMARY KEY (page_namespace, page_title))",
                "INSERT INTO page VALUES (0, 'Main_Page', 0, '20250131000000', REPEAT(X'c3a4ff', 40000)),"
                        + " (0, X'4de4', 1, '20250131000001', NULL), (1, '', 0, '20250131000002', '')");

        followed(
                "page",
                Map.of(
                        "page_namespace", "page_namespace",
                        "HEX(page_title)", "hex(page_title)",
                        "is_new", "is_new",
                        "HEX(page_touched)", "hex(page_touched)",
                        "LENGTH(content)", "octet_length(content)",
                        "SHA2(content, 256)", "sha2(content, 256)"),
                "DELETE FROM page WHERE page_title = 'Main_Page'",
                "UPDATE page SET content = X'00' WHERE page_title = X'4de4'",
                "INSERT INTO page VALUES (1, X'4dc3a4', NULL, '20250131000003', 'new')");
        lakehouse.query("DELETE FROM lake.page WHERE page_title = X'4de4'");
        assertThat(lakehouse.reconcile("page", "lake.page")).contains("0, X'4de4': only in the source");
    }

    @Test
    void aMonitoringSystem() throws Exception {
        lakehouse.mysql(
                "CREATE TABLE history (item BIGINT UNSIGNED NOT NULL, clock TIME(6) NOT NULL, value DOUBLE NOT NULL,"
                        + " trend FLOAT, flags BIT(64), tags JSON, UNIQUE KEY (item, clock)) CHARACTER SET utf8mb4",
                "INSERT INTO history VALUES (18446744073709551615, '-00:00:00.000001', 0.1, 0.1, 18446744073709551615,"
                        + " '{\"host\": \"db ä\"}'), (1, '838:59:59', -1.5e-300, NULL, b'101', NULL),"
                        + " (2, '00:00:00', 12345.678, 16777216, NULL, '[]')");

        followed(
                "history",
                Map.of(
                        "item", "item",
                        "TIME_FORMAT(clock, '%s.%f')",
                                "format_string('%s%02d.%06d', if(clock < 0, '-', ''), (abs(clock) div 1000000) % 60, abs(clock) % 1000000)",
                        "value = 0.1e0", "if(value = 0.1d, 1, 0)",
                        "value = -1.5e-300", "if(value = -1.5e-300d, 1, 0)",
                        "value = 12345.678e0", "if(value = 12345.678d, 1, 0)",
                        "trend * 1e0 > 0.1e0", "if(cast(trend as double) > 0.1d, 1, if(trend is null, null, 0))",
                        "flags + 0", "flags",
                        "tags", "tags"),
                "DELETE FROM history WHERE item = 2",
                "UPDATE history SET tags = '[1]' WHERE item = 1",
                "INSERT INTO history VALUES (3, '01:00:00', -0e0, 1, 0, NULL)");
        lakehouse.query("UPDATE lake.history SET value = 0 WHERE item = 3");
        assertThat(lakehouse.reconcile("history", "lake.history"))
                .contains("3, 3600000000: different rows", "differ      1 key");
    }
}
