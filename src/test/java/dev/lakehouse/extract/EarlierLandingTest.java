package dev.lakehouse.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.replicate.RemoveExtracts;
import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A landing as the version before sources had folders of their own left it: extracts 1 and 2 of a table {@code customers}.
 * The files in {@code earlier-landing} were written by that version; only the database's name in the manifests is put in
 * here.
 */
@Tag("e2e")
class EarlierLandingTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh()
            .mysql(
                    "CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(50))",
                    "INSERT INTO customers VALUES (1, 'Anna'), (2, 'Bruno'), (3, 'Clara')");

    /** Puts the landing into place, its extracts made from a database. */
    private void earlierLanding(String database) throws IOException, URISyntaxException {
        Path fixture =
                Path.of(EarlierLandingTest.class.getResource("earlier-landing").toURI());
        try (Stream<Path> files = Files.walk(fixture)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                byte[] content = file.toString().endsWith(".json")
                        ? new String(bytes, StandardCharsets.UTF_8)
                                .replace("DATABASE", database)
                                .getBytes(StandardCharsets.UTF_8)
                        : bytes;
                String location = lakehouse.landing() + "/" + fixture.relativize(file);
                FileStore.of(location).create(location, content);
            }
        }
    }

    @Test
    void itsExtractsAreLoadedInOrderWithNewOnesAndLoadedOnesAreRemovedInTime() throws Exception {
        earlierLanding(lakehouse.mysql().database());
        assertThat(verify()).contains("verified    extract 2");
        assertThat(lakehouse.extract("customers")).contains("of extract 3\n");
        assertThat(verify()).contains("verified    extract 3");
        assertThat(lakehouse.load("customers"))
                .contains("2 inserted")
                .contains("1 inserted, 0 updated, 0 deleted")
                .contains("0 inserted, 0 updated, 0 deleted");
        assertThat(lakehouse.reconcile("customers", "lake.customers")).contains("source = extract = Delta");
        long version = assertThatATableWithoutASourceLearnsItByItsNextLoad();

        lakehouse.mysql("DELETE FROM customers WHERE id = 1");
        assertThat(lakehouse.extract("customers")).contains("of extract 5\n");
        lakehouse.load("customers", "--delete-percent=50");
        removeExtracts("--source=");

        assertThat(lakehouse.version("lake.customers"))
                .as("the source is written once, and then a row deleted")
                .isEqualTo(version + 2);
        assertThat(lakehouse.ledger("extract, rows_deleted, outcome", "task = 'LoadTable'"))
                .containsExactly("1|0|succeeded", "2|0|succeeded", "3|0|succeeded", "4|0|succeeded", "5|1|succeeded");
        assertThat(landing().published()).containsExactly(5L);
        String before = lakehouse.landing() + "/customers";
        assertThat(FileStore.of(before).filesBelow(before)).isEmpty();
    }

    /** @return the version of the table before that load */
    private long assertThatATableWithoutASourceLearnsItByItsNextLoad() {
        TestLakehouse.session()
                .sql("ALTER TABLE lake.customers UNSET TBLPROPERTIES ('lakehouse.source', 'lakehouse.source_table')");
        long version = lakehouse.version("lake.customers");

        lakehouse.extractAnew("customers");
        assertThat(lakehouse.load("customers")).contains("0 inserted, 0 updated, 0 deleted");

        assertThat(lakehouse.query("SHOW TBLPROPERTIES lake.customers"))
                .contains("lakehouse.source|" + lakehouse.mysql().database(), "lakehouse.source_table|customers");
        assertThat(lakehouse.version("lake.customers")).isEqualTo(version + 1);
        return version;
    }

    @Test
    void extractsOfAnotherDatabaseAreLeftAloneAndItsTableIsNotTakenOver() throws Exception {
        earlierLanding("crm");
        lakehouse.load("customers");
        TestLakehouse.session()
                .sql("ALTER TABLE lake.customers UNSET TBLPROPERTIES ('lakehouse.source', 'lakehouse.source_table')");
        assertThat(lakehouse.extract("customers")).contains("of extract 3\n");
        String source = "--source=" + lakehouse.mysql().database();

        assertThatThrownBy(() -> lakehouse.load("customers", source))
                .isInstanceOfSatisfying(UserError.class, refused -> {
                    assertThat(refused).hasMessageContaining("lake.customers was loaded from a source other than");
                    assertThat(refused).hasMessageContaining("/crm");
                    TestLakehouse.session().sql(refused.fix().replaceFirst("(?s).*(ALTER TABLE .*);", "$1"));
                });

        assertThat(lakehouse.load("customers", source)).contains("0 inserted, 0 updated, 0 deleted");
        lakehouse.extractAnew("customers");
        lakehouse.load("customers", source);
        removeExtracts(source);
        assertThat(landing().claimed()).containsExactly(4L);
        assertThat(Landing.of(lakehouse.landing(), "crm", "customers").published())
                .containsExactly(1L, 2L);
    }

    @Test
    void aSourceWithANameOfItsOwnFindsTheExtractsOfItsAddress() throws Exception {
        earlierLanding("shop");
        SourceIdentity local = new SourceIdentity("shop", "jdbc:mysql://localhost:4711/shop", Optional.empty());
        SourceIdentity remote = new SourceIdentity("shop", "jdbc:mysql://db:3306/shop", Optional.empty());

        assertThat(Landing.of(lakehouse.landing(), "eu", "customers", local).published())
                .containsExactly(1L, 2L);
        assertThat(Landing.of(lakehouse.landing(), "us", "customers", remote).published())
                .isEmpty();
    }

    private void removeExtracts(String source) {
        lakehouse.task(
                RemoveExtracts::main,
                List.of(
                        "--table=customers",
                        source,
                        "--landing=" + lakehouse.landing(),
                        "--target=lake.customers",
                        "--keep-extracts=1"));
    }

    private String verify() {
        return lakehouse.task(VerifyExtract::main, List.of("--table=customers", "--landing=" + lakehouse.landing()));
    }

    private Landing landing() {
        return Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "customers");
    }
}
