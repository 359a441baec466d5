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
import dev.lakehouse.extract.copy.InvalidDateRows;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.InvalidDates;
import dev.lakehouse.source.mysql.Mask;
import dev.lakehouse.source.mysql.MaskKey;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.source.mysql.SourceSettings;
import dev.lakehouse.source.mysql.SourceTable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The content and the proof of an extract. It is the last file that an extract writes, and the only description that a
 * load reads. It contains names of columns but no values.
 *
 * @param format version of this format, {@value #FORMAT}; a manifest of an earlier format keeps its number
 * @param source the source's name in the landing
 * @param database the MySQL database
 * @param serverUuid the MySQL server's id; null if it has none
 * @param address the server's address with the database, without options
 * @param table the table in it
 * @param comment the table's comment; null if it has none
 * @param extract the extract's number
 * @param mode {@code full}: all rows of the table
 * @param rows the number of rows
 * @param checksum the exact sum of their row checksums
 * @param sourceChecksum {@link MaskKey#hash} of MySQL's sum if columns are masked; otherwise null, because it is the same sum
 * @param rowChecksum the form of the row checksum, {@link RowFormat#FORM}; null: {@link RowFormat#FIRST_FORM}
 * @param ranges the same for each key range, in key order
 * @param key the key's columns; empty for a table without a key, whose rows may repeat
 * @param columns the columns
 * @param partition the partition column of the files; null if they are not partitioned
 * @param layout how the table was read and its files were laid out; null in formats before 3
 * @param invalidRows the rows with dates that are not in the calendar; null unless their dates are kept
 * @param files the files
 * @param server the version of the MySQL server
 * @param logPosition its binary log's position just before the snapshot; null if unknown
 * @param startedAt when the extract began
 * @param snapshotAt the instant at which the extract equals the table
 * @param finishedAt when it was complete
 */
public record Manifest(
        int format,
        String source,
        String database,
        String serverUuid,
        String address,
        String table,
        @JsonInclude(JsonInclude.Include.NON_NULL) String comment,
        long extract,
        String mode,
        long rows,
        String checksum,
        @JsonInclude(JsonInclude.Include.NON_NULL) String sourceChecksum,
        @JsonInclude(JsonInclude.Include.NON_NULL) Integer rowChecksum,
        List<Range> ranges,
        List<String> key,
        List<SourceColumn> columns,
        String partition,
        @JsonInclude(JsonInclude.Include.NON_NULL) Layout layout,
        @JsonInclude(JsonInclude.Include.NON_NULL) InvalidRows invalidRows,
        List<DataFile> files,
        String server,
        String logPosition,
        String startedAt,
        String snapshotAt,
        String finishedAt) {

    static final int FORMAT = 4;
    static final String FULL = "full";

    /** In this format {@code source} is the address; the source has the database's name. */
    private static final int FORMAT_BEFORE_SOURCES = 1;

    /** The first format with a layout. */
    private static final int FORMAT_WITH_LAYOUT = 3;

    /** The first format that says which columns are never NULL in the files, and not which ones a definition says so of. */
    private static final int FORMAT_WITH_NULLS = 4;

    private static final ObjectMapper JSON = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Count and checksum of one key range of the files.
     *
     * @param source {@link MaskKey#hash} of MySQL's sum if columns are masked; otherwise null, because it is the same sum
     */
    record Range(
            long rows,
            String checksum,
            @JsonInclude(JsonInclude.Include.NON_NULL) String source) {
        static Range of(RangeSum file, RangeSum source, Optional<MaskKey> key) {
            return new Range(
                    file.rows(),
                    file.checksum().toString(),
                    key.map(known -> known.hash(source)).orElse(null));
        }
    }

    /**
     * Count and sum of the rows with dates that are not in the calendar, as {@link InvalidDateRows} defines it. Row checksums do not
     * distinguish such a date from NULL.
     */
    record InvalidRows(long rows, String checksum) {
        static InvalidRows of(RangeSum sum) {
            return new InvalidRows(sum.rows(), sum.checksum().toString());
        }
    }

    /**
     * A column of the source and of the files.
     *
     * @param type the type as MySQL declares it; of a masked column its name alone
     * @param sparkType the type in the files, as Spark's DDL writes it
     * @param nullable see {@link Manifest#isNullable}
     * @param mask what replaces its values; null if they are as in the source
     */
    public record SourceColumn(
            String name,
            String type,
            String sparkType,
            boolean nullable,
            int precision,
            int scale,
            String comment,
            @JsonInclude(JsonInclude.Include.NON_NULL) Mask.Kind mask) {

        /** The columns of a table. */
        static List<SourceColumn> of(SourceTable table) {
            StructField[] fields = table.fileFormat().schema().fields();
            return IntStream.range(0, fields.length)
                    .mapToObj(i -> of(
                            table.columns().get(i),
                            fields[i].dataType(),
                            table.mask(table.columns().get(i)).orElse(null)))
                    .toList();
        }

        private static SourceColumn of(ColumnDefinition column, DataType sparkType, Mask.Kind mask) {
            // The members of an ENUM or SET are values, too.
            return new SourceColumn(
                    column.name(),
                    mask == null ? column.fullType() : column.type(),
                    sparkType.sql(),
                    column.nullable(),
                    column.precision(),
                    column.scale(),
                    column.comment(),
                    mask);
        }

        ColumnDefinition definition() {
            String name = type.replaceFirst("[( ].*", "");
            ColumnDefinition column = new ColumnDefinition(name(), name, type, nullable, precision, scale, comment);
            return mask == null ? column : column.masked();
        }
    }

    /**
     * The settings of an extract.
     *
     * @param partition as {@code NAME=EXPRESSION}; null for none
     * @param sort the columns that files are sorted by
     * @param key the columns of the key if it was named, as in {@link SourceSettings}; null if it is a key of the table
     * @param invalidDates what happened to dates that are not in the calendar; null: {@link InvalidDates#REFUSE}
     * @param where MySQL's condition on the rows that were read; null for all rows
     * @param masks of columns; null for none
     * @param maskKey {@link MaskKey#fingerprint} of their key; null if they need none
     */
    record Layout(
            String partition,
            List<String> sort,
            long rangeRows,
            long writerRows,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<String> key,
            @JsonInclude(JsonInclude.Include.NON_NULL) InvalidDates invalidDates,
            @JsonInclude(JsonInclude.Include.NON_NULL) String where,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<Mask> masks,
            @JsonInclude(JsonInclude.Include.NON_NULL) String maskKey) {}

    /**
     * A file of the extract.
     *
     * @param path below the extract's directory
     * @param size in bytes
     * @param rows its number of rows
     * @param sha256 of its content, in hexadecimal digits
     */
    record DataFile(String path, long size, long rows, String sha256) {}

    /** The columns of the key if it was named, as in {@link SourceSettings}; empty if it is a key of the table. */
    public List<String> namedKey() {
        return layout == null || layout.key() == null ? List.of() : layout.key();
    }

    /** MySQL's condition on the rows that were read; empty for all rows. */
    public String where() {
        return layout == null || layout.where() == null ? "" : layout.where();
    }

    /** The masks of its columns. */
    public List<Mask> masks() {
        return layout == null || layout.masks() == null ? List.of() : layout.masks();
    }

    /** Whether values of the source were replaced by others. */
    public boolean hasMasks() {
        return columns.stream().anyMatch(column -> column.mask() != null);
    }

    /** Whether the masks have another key than this one. */
    public boolean hasOtherKey(MaskKey key) {
        return !key.fingerprint().equals(layout.maskKey());
    }

    /** Whether MySQL's sum of the table, as it is now, is that of the extract. */
    public boolean isSumOfSource(RangeSum sum, MaskKey key) {
        return key.hash(sum).equals(sourceChecksum);
    }

    /** Whether MySQL's sum of a key range is that of the extract. */
    boolean isSumOfSource(int range, RangeSum sum, Optional<MaskKey> key) {
        return range < ranges.size()
                && (hasMasks()
                        ? key.filter(known ->
                                        known.hash(sum).equals(ranges.get(range).source()))
                                .isPresent()
                        : sums().get(range).equals(sum));
    }

    /** Whether a key distinguishes the rows. */
    public boolean hasKey() {
        return !key.isEmpty();
    }

    /** What happened to dates that are not in the calendar. */
    public InvalidDates invalidDates() {
        return layout == null || layout.invalidDates() == null ? InvalidDates.REFUSE : layout.invalidDates();
    }

    /** The source of the extract. */
    public SourceIdentity origin() {
        return new SourceIdentity(database, address, Optional.ofNullable(serverUuid));
    }

    /** Whether an extract of a table, as it is now, would have the same columns, types, key and form of row checksums. */
    public boolean isLike(SourceTable other) {
        return Objects.equals(rowChecksum, RowFormat.FORM)
                && columns.equals(SourceColumn.of(other))
                && key.equals(other.key().stream().map(ColumnDefinition::name).toList());
    }

    List<RangeSum> sums() {
        return ranges.stream()
                .map(range -> new RangeSum(range.rows(), new BigDecimal(range.checksum())))
                .toList();
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

    /** The row format of some of the columns, with the checksum form of this extract. */
    public RowFormat rowFormat(List<ColumnDefinition> some) {
        return RowFormat.of(table, some, rowChecksum == null ? RowFormat.FIRST_FORM : rowChecksum)
                .with(invalidDates());
    }

    /** The source's columns in Spark, with those that are never NULL. */
    public StructType schema() {
        StructField[] fields = rowFormat().schema().fields();
        return new StructType(IntStream.range(0, fields.length)
                .mapToObj(i -> new StructField(
                        fields[i].name(), fields[i].dataType(), isNullable(columns.get(i)), fields[i].metadata()))
                .toArray(StructField[]::new));
    }

    /** Whether a column may be NULL in the files. */
    public boolean isNullable(SourceColumn column) {
        return format < FORMAT_WITH_NULLS || column.nullable();
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A manifest is plain data", e);
        }
    }

    /** Reads a manifest. Throws a {@link UserError} if it is truncated, not JSON, or inconsistent. */
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
                    "It is truncated or not a manifest: reading fails at line "
                            + (e.getLocation() == null ? "1" : e.getLocation().getLineNr()) + ".",
                    e);
        }
        if (manifest == null || manifest.format < FORMAT_BEFORE_SOURCES || manifest.format > FORMAT) {
            throw unreadable(
                    location,
                    "Its format is not one of " + FORMAT_BEFORE_SOURCES + " to " + FORMAT + ", which this version"
                            + " reads.",
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
                || files == null
                || (layout == null && format >= FORMAT_WITH_LAYOUT)) {
            throw unreadable(location, "A field is missing.", null);
        }
        if (rowChecksum != null && (rowChecksum < RowFormat.FIRST_FORM || rowChecksum > RowFormat.FORM)) {
            throw unreadable(location, "Its row checksums have a form that this version does not support.", null);
        }
        // A load deletes rows that a full extract does not contain, so an extract of another mode must be refused.
        if (!FULL.equals(mode)) {
            throw unreadable(location, "Its mode is not '" + FULL + "', the only mode that this version loads.", null);
        }
        if (!RangeSum.total(sums()).equals(total())) {
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
                    "Run the extract again: the next load uses the newer extract.",
                    origin);
        }
    }
}
