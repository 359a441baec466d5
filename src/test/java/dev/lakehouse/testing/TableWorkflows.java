package dev.lakehouse.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two workflows of another table: those of {@code members}, changed as README describes.
 *
 * @param table the MySQL table
 * @param product what runs both of them, and those of other tables with the same word
 * @param target the Delta table
 * @param partition partition column and expression of the files; empty for none
 * @param sort the column that files are sorted by; empty for none
 */
public record TableWorkflows(String table, String product, String target, String partition, String sort) {
    private static final Path ORIGINALS = Path.of(System.getProperty("lakehouse.root"), "workflows");

    /** The text of {@code TABLE_extract.yml}. */
    public String extract() throws IOException {
        return of("members_extract.yml")
                .replace("registration_year=year(registration_date)", partition.isEmpty() ? "\"\"" : partition)
                .replaceAll("(?m)^( *- --sort=).*\n", sort.isEmpty() ? "" : "$1" + sort + "\n");
    }

    /** The text of {@code TABLE_load.yml}. */
    public String load() throws IOException {
        return of("members_load.yml")
                .replace("/_manifests/members/", "/_manifests/" + table + "/")
                .replace(",members.members,members.members_quarantine", "")
                .replaceFirst("(?m)^ *- --metric-views=.*\n", "")
                .replace("--target=members.members", "--target=" + target)
                .replace("dev.lakehouse.members.LoadMembers", "dev.lakehouse.replicate.LoadTable");
    }

    private String of(String file) throws IOException {
        return Files.readString(ORIGINALS.resolve(file))
                .replace("members_extract", table + "_extract")
                .replace("members_load", table + "_load")
                .replace("product: members", "product: \"" + product + "\"")
                .replace("the MySQL table members", "the MySQL table " + table)
                .replace("new extracts of members", "new extracts of " + table)
                .replace("--table=members", "--table=" + table);
    }
}
