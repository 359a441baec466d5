package dev.lakehouse.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** The row checksum in each form, beside a computation of its own in Java. */
class RowFormatTest {
    private static final List<ColumnDefinition> COLUMNS = List.of(
            new ColumnDefinition("id", "int", "int", false, 10, 0, ""),
            new ColumnDefinition("name", "varchar", "varchar(9)", true, 0, 0, ""),
            new ColumnDefinition("note", "longtext", "longtext", true, 0, 0, ""));

    private static long checksum(int form, Object... values) {
        RowFormat format = RowFormat.of("t", COLUMNS, form);
        List<Row> rows = List.of(RowFactory.create(values));
        return TestLakehouse.session()
                .createDataFrame(rows, format.schema())
                .select(format.checksum(TestLakehouse.session()))
                .head()
                .getLong(0);
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static long first64Bits(String text) throws NoSuchAlgorithmException {
        return Long.parseUnsignedLong(sha256(text).substring(0, 16), 16);
    }

    @Test
    void textWithoutALimitEntersByItsHash() throws Exception {
        assertThat(checksum(RowFormat.FORM, 7, "ä", "word")).isEqualTo(first64Bits("1:72:äH" + sha256("word")));
        assertThat(checksum(RowFormat.FORM, 7, null, null)).isEqualTo(first64Bits("1:7NN"));
        assertThat(checksum(RowFormat.FORM, 7, "", "")).isEqualTo(first64Bits("1:70:H" + sha256("")));
    }

    @Test
    void theFirstFormIsStillComputed() throws Exception {
        assertThat(checksum(RowFormat.FIRST_FORM, 7, "ä", "word")).isEqualTo(first64Bits("1:72:ä4:word"));
        assertThat(checksum(RowFormat.FIRST_FORM, 7, null, null)).isEqualTo(first64Bits("1:7NN"));
    }

    @Test
    void aManifestSaysWhichFormItIsOf() {
        TestLakehouse lakehouse = TestLakehouse.fresh()
                .mysql("CREATE TABLE t (id INT PRIMARY KEY, note TEXT)", "INSERT INTO t VALUES (1, 'a')");
        lakehouse.extract("t");
        String json = new String(
                Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "t")
                        .manifest(1)
                        .toJson(),
                StandardCharsets.UTF_8);
        String line = "  \"row_checksum\" : 2,\n";

        assertThat(json).contains(line);
        assertThat(Manifest.parse(json.replace(line, ""), "x").rowChecksum()).isNull();
        assertThatThrownBy(() -> Manifest.parse(json.replace(line, "  \"row_checksum\" : 3,\n"), "x"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("have a form that this version does not support");
    }
}
