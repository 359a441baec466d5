package dev.lakehouse.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several documents of an invoice is loaded. A document: file, checksum, hour, invoice, reasons. */
class LatestDocumentsTest {
    private static final String OTHERS = "('zz', 9, 'HK-0')";

    @TempDir
    private Path scratch;

    @Test
    void ofCopiesTheEarliestFileIsLoaded() {
        Dataset<Row> documents = documents("""
                ('b.pdf', 'aa', 1, 'HK-1', array()), ('a.pdf', 'aa', 1, 'HK-1', array()),
                ('0.pdf', 'aa', 2, 'HK-1', array()), ('c.pdf', 'bb', 3, 'HK-2', array())""");

        LatestDocuments latest = latest(documents, OTHERS);

        assertThat(loaded(latest, documents)).containsExactly("a.pdf", "c.pdf");
        assertThat(latest.passedOver()).isZero();
        assertThat(Counts.of(documents)).isEqualTo(new Counts(4, 0, 2));
        assertThat(Counts.of(documents).copies()).isEqualTo(2);
    }

    @Test
    void ofSeveralDocumentsTheOneModifiedLaterIsLoadedAndOfEqualTimesTheOneWithTheGreaterChecksum() {
        Dataset<Row> documents = documents("""
                ('a.pdf', 'aa', 2, 'HK-1', array()), ('b.pdf', 'ff', 1, 'HK-1', array()),
                ('c.pdf', 'cc', 1, 'HK-1', array()), ('d.pdf', 'dd', 1, 'HK-2', array()),
                ('e.pdf', 'ee', 1, 'HK-2', array())""");

        LatestDocuments latest = latest(documents, OTHERS);

        assertThat(loaded(latest, documents)).containsExactly("a.pdf", "e.pdf");
        assertThat(older(latest)).containsExactly("HK-1|b.pdf", "HK-1|c.pdf", "HK-2|d.pdf");
        assertThat(latest.passedOver()).isEqualTo(3);
    }

    @Test
    void aDocumentIsLoadedOnlyWhereItIsLaterThanTheOneThatIsLoaded() {
        Dataset<Row> documents = documents("""
                ('later.pdf', 'aa', 3, 'HK-1', array()), ('earlier.pdf', 'ff', 1, 'HK-2', array()),
                ('greater.pdf', 'dd', 2, 'HK-3', array()), ('smaller.pdf', 'bb', 2, 'HK-4', array()),
                ('new.pdf', 'ee', 1, 'HK-5', array())""");

        LatestDocuments latest =
                latest(documents, "('cc', 2, 'HK-1'), ('cc', 2, 'HK-2'), ('cc', 2, 'HK-3'), ('cc', 2, 'HK-4')");

        assertThat(loaded(latest, documents)).containsExactly("greater.pdf", "later.pdf", "new.pdf");
        assertThat(older(latest)).containsExactly("HK-2|earlier.pdf", "HK-4|smaller.pdf");
        assertThat(latest.passedOver()).isEqualTo(2);
    }

    @Test
    void badDocumentsAreCountedAndNeitherLoadedNorCopies() {
        Dataset<Row> documents = documents("""
                ('a.pdf', 'aa', 1, 'HK-1', array('no date')),
                ('b.pdf', 'aa', 1, 'HK-1', array('no date', 'no total'))""");

        LatestDocuments latest = latest(documents, OTHERS);

        assertThat(loaded(latest, documents)).isEmpty();
        assertThat(older(latest)).isEmpty();
        assertThat(Counts.of(documents)).isEqualTo(new Counts(2, 2, 0));
        assertThat(Counts.of(documents).copies()).isZero();
    }

    private static Dataset<Row> documents(String rows) {
        return TestLakehouse.session().sql("""
                SELECT _file, _document, timestamp_seconds(3600 * hour) AS _modified_at, invoice_number,
                    CAST(_reasons AS ARRAY<STRING>) AS _reasons
                FROM VALUES %s AS t (_file, _document, hour, invoice_number, _reasons)
                """.formatted(rows));
    }

    private LatestDocuments latest(Dataset<Row> documents, String invoices) {
        Dataset<Row> loaded = TestLakehouse.session().sql("""
                SELECT invoice_number, timestamp_seconds(3600 * hour) AS _modified_at, _document
                FROM VALUES %s AS t (_document, hour, invoice_number)
                """.formatted(invoices));
        return LatestDocuments.of(good(documents), Counts.of(documents), loaded, new ScratchSpace(scratch.toString()));
    }

    private static Dataset<Row> good(Dataset<Row> documents) {
        return documents.where("size(_reasons) = 0");
    }

    private static List<String> loaded(LatestDocuments latest, Dataset<Row> documents) {
        return sorted(latest.of(good(documents), Counts.of(documents)).select("_file"));
    }

    private static List<String> older(LatestDocuments latest) {
        return sorted(latest.older().select("invoice_number", "_file"));
    }

    private static List<String> sorted(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(row -> row.mkString("|"))
                .sorted()
                .toList();
    }
}
