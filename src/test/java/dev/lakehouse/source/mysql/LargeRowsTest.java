package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows as large as the server's max_allowed_packet, 64 MB on the embedded one, and larger. */
@Tag("heavy")
class LargeRowsTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    /** CONCAT of the row would be over max_allowed_packet. */
    @Test
    void aRowBeyondThePacketLimitArrives() {
        lakehouse.mysql(
                "CREATE TABLE t (id INT PRIMARY KEY, a LONGTEXT, b LONGBLOB, c LONGTEXT) CHARACTER SET utf8mb4",
                "INSERT INTO t VALUES (1, REPEAT('a', 30000000), REPEAT('b', 30000000), NULL), (2, '', NULL, 'x')",
                "UPDATE t SET c = REPEAT('c', 30000000) WHERE id = 1");

        assertThat(lakehouse.extract("t")).contains("source = Parquet: 2 rows");
        lakehouse.load("t");
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("source = extract = Delta");
    }

    /** A polygon's or a JSON document's bytes are as many as the server can make of the largest text that it takes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "LONGTEXT; REPEAT('ä', 32 << 20)",
                "LONGTEXT CHARACTER SET latin1; REPEAT('a', 64 << 20)",
                "LONGBLOB; REPEAT(X'00', 64 << 20)",
                "JSON; CONCAT('\"', REPEAT('x', (64 << 20) - 2), '\"')",
                "GEOMETRY; ST_GeomFromText(CONCAT('LINESTRING(', REPEAT('1 1,', 4000000), '1 1)'))",
            })
    void aValueOf64MegabytesArrives(String type, String value) {
        lakehouse.mysql(
                "CREATE TABLE t (id INT PRIMARY KEY, c " + type + ") CHARACTER SET utf8mb4",
                "INSERT INTO t VALUES (1, NULL), (2, " + value + "), (3, NULL)");

        assertThat(lakehouse.extract("t")).contains("source = Parquet: 3 rows");
        lakehouse.load("t");

        assertThat(lakehouse.query("SELECT id FROM lake.t WHERE octet_length(c) > 63000000"))
                .containsExactly("2");
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("source = extract = Delta");
    }
}
