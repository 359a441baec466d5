package dev.lakehouse.extract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.SourceIdentity;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * What an extract holds and how it was proven; the last thing written of an extract, and what a load goes by. It names
 * columns, never values.
 *
 * @param format version of this form, {@value #FORMAT}; what was read from an earlier form keeps its number
 * @param source the source's name in the landing
 * @param database the MySQL database
 * @param serverUuid the MySQL server's id; null where it has none
 * @param address the server's address with the database, without options
 * @param table the table in it
 * @param extract the extract's number
 * @param mode {@code full}: all rows of the table
 * @param rows how many rows there are
 * @param checksum the exact sum of their row checksums
 * @param rowChecksum the form of the row checksum, {@link RowFormat#FORM}; null: {@link RowFormat#FIRST_FORM}
 * @param ranges the same for each key range, in key order
 * @param key the key's columns
 * @param columns the columns
 * @param partition the partition column of the files; null where they are not partitioned
 * @param files the files
 * @param server the version of the MySQL server
 * @param logPosition its binary log's position just before the snapshot; null where it is not known
 * @param startedAt when the extract began
 * @param snapshotAt the instant that the extract equals
 * @param finishedAt when it was complete
 */
public record Manifest(
        int format,
        String source,
        String database,
        String serverUuid,
        String address,
        String table,
        long extract,
        String mode,
        long rows,
        String checksum,
        @JsonInclude(JsonInclude.Include.NON_NULL) Integer rowChecksum,
        List<Range> ranges,
        List<String> key,
        List<SourceColumn> columns,
        String partition,
        List<DataFile> files,
        String server,
        String logPosition,
        String startedAt,
        String snapshotAt,
        String finishedAt) {

    static final int FORMAT = 2;
    static final String FULL = "full";

    /** Its {@code source} is the address, its source is called like the database. */
    private static final int FORMAT_BEFORE_SOURCES = 1;

    private static final ObjectMapper JSON = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Count and checksum of one key range. */
    record Range(long rows, String checksum) {
        static Range of(RangeSum sum) {
            return new Range(sum.rows(), sum.checksum().toString());
        }
    }

    /**
     * A column of the source and of the files.
     *
     * @param type the type as MySQL declares it
     * @param sparkType the type in the files, as Spark's DDL writes it
     */
    public record SourceColumn(
            String name, String type, String sparkType, boolean nullable, int precision, int scale, String comment) {

        static SourceColumn of(ColumnDefinition column, DataType sparkType) {
            return new SourceColumn(
                    column.name(),
                    column.fullType(),
                    sparkType.sql(),
                    column.nullable(),
                    column.precision(),
                    column.scale(),
                    column.comment());
        }

        ColumnDefinition definition() {
            String name = type.replaceFirst("[( ].*", "");
            return new ColumnDefinition(name(), name, type, nullable, precision, scale, comment);
        }
    }

    /**
     * A file of the extract.
     *
     * @param path below the extract's directory
     * @param size in bytes
     * @param rows how many it holds
     * @param sha256 of its bytes, in hexadecimal digits
     */
    record DataFile(String path, long size, long rows, String sha256) {}

    /** Where the extract comes from. */
    SourceIdentity origin() {
        return new SourceIdentity(database, address, Optional.ofNullable(serverUuid));
    }

    public RangeSum total() {
        return new RangeSum(rows, new BigDecimal(checksum));
    }

    long bytes() {
        return files.stream().mapToLong(DataFile::size).sum();
    }

    public List<ColumnDefinition> definitions() {
        return columns.stream().map(SourceColumn::definition).toList();
    }

    public RowFormat rowFormat() {
        return rowFormat(definitions());
    }

    /** The format over some of the columns, with the checksum's form of this extract. */
    public RowFormat rowFormat(List<ColumnDefinition> some) {
        return RowFormat.of(table, some, rowChecksum == null ? RowFormat.FIRST_FORM : rowChecksum);
    }

    public StructType schema() {
        return rowFormat().schema();
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A manifest is plain data", e);
        }
    }

    /** Reads a manifest; one that is cut short, is not JSON or contradicts itself is a {@link UserError}. */
    static Manifest parse(String json, String location) {
        Manifest manifest;
        try {
            manifest = JSON.readValue(json, Manifest.class);
            if (manifest != null && manifest.format == FORMAT_BEFORE_SOURCES) {
                manifest = JSON.treeToValue(withSource(JSON.readTree(json), manifest.source), Manifest.class);
            }
        } catch (JsonProcessingException e) {
            throw unreadable(
                    location,
                    "It is cut short or not a manifest: it ends or breaks at line "
                            + (e.getLocation() == null ? "1" : e.getLocation().getLineNr()) + ".",
                    e);
        }
        if (manifest == null || manifest.format < FORMAT_BEFORE_SOURCES || manifest.format > FORMAT) {
            throw unreadable(
                    location,
                    "It is not of a format from " + FORMAT_BEFORE_SOURCES + " to " + FORMAT
                            + ", those that this version reads.",
                    null);
        }
        manifest.check(location);
        return manifest;
    }

    private static JsonNode withSource(JsonNode json, String address) {
        String database = address == null ? null : MySqlServer.database(address);
        return ((ObjectNode) json)
                .put("source", database)
                .put("database", database)
                .put("address", address);
    }

    private void check(String location) {
        if (source == null
                || database == null
                || address == null
                || table == null
                || checksum == null
                || ranges == null
                || key == null
                || columns == null
                || files == null) {
            throw unreadable(location, "A part of it is missing.", null);
        }
        if (rowChecksum != null && (rowChecksum < RowFormat.FIRST_FORM || rowChecksum > RowFormat.FORM)) {
            throw unreadable(location, "Its row checksums are of a form that this version does not know.", null);
        }
        // What is not in a full extract is deleted: one of another kind must never pass for it.
        if (!FULL.equals(mode)) {
            throw unreadable(location, "Its mode is not '" + FULL + "', the only one that this version loads.", null);
        }
        RangeSum sum = RangeSum.total(ranges.stream()
                .map(range -> new RangeSum(range.rows(), new BigDecimal(range.checksum())))
                .toList());
        if (!sum.equals(total())) {
            throw unreadable(location, "Its ranges do not add up to its row count and checksum.", null);
        }
        if (files.stream().mapToLong(DataFile::rows).sum() != rows) {
            throw unreadable(location, "The rows of its files do not add up to its row count.", null);
        }
    }

    private static Unreadable unreadable(String location, String cause, Exception origin) {
        return new Unreadable(location, cause, origin);
    }

    /** A manifest that cannot be used. */
    static final class Unreadable extends UserError {
        private static final long serialVersionUID = 1L;

        private Unreadable(String location, String cause, Exception origin) {
            super(
                    "The manifest " + location + " cannot be used.",
                    cause,
                    "Run the extract again: a newer extract takes the place of this one.",
                    origin);
        }
    }
}
