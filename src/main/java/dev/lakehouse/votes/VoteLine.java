package dev.lakehouse.votes;

import dev.lakehouse.source.files.JsonObject;
import dev.lakehouse.source.files.StrictJson;
import dev.lakehouse.source.files.WholeNumber;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads a line of a delivered file: a JSON object with the fields of a vote, whose numbers may be strings. */
final class VoteLine {
    /** The columns of {@link #parse}; {@code creation_micros} counts from 1970, in the local time of the source. */
    static final StructType SCHEMA = new StructType()
            .add("reasons", DataTypes.createArrayType(DataTypes.StringType, false), false)
            .add("id", DataTypes.LongType)
            .add("post_id", DataTypes.LongType)
            .add("vote_type_id", DataTypes.LongType)
            .add("creation_micros", DataTypes.LongType)
            .add("user_id", DataTypes.LongType)
            .add("bounty_amount", DataTypes.IntegerType);

    private static final List<String> NEEDED = List.of("Id", "PostId", "VoteTypeId", "CreationDate");

    /** A year alone is not a date, and a time with a zone is not local. */
    private static final Pattern LOCAL =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(?:[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?))?");

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int NANOS_PER_MICRO = 1_000;

    private final Map<String, String> fields;
    private final List<String> reasons;

    private VoteLine(JsonObject json) {
        this.fields = json.texts();
        this.reasons = new ArrayList<>(json.faults());
    }

    /** Reads a line. If it is not a valid vote, the result has all reasons. */
    static Row parse(String line) {
        JsonObject json = StrictJson.read(line);
        VoteLine vote = new VoteLine(json);
        return json.faults().contains(StrictJson.NOT_AN_OBJECT)
                ? RowFactory.create(vote.reasons.toArray(String[]::new), null, null, null, null, null, null)
                : vote.row();
    }

    private Row row() {
        for (String field : NEEDED) {
            if (given(field).isEmpty()) {
                reasons.add(field + " is missing");
            }
        }
        Long id = whole("Id", WholeNumber.Type.BIGINT);
        Long post = whole("PostId", WholeNumber.Type.BIGINT);
        Long type = whole("VoteTypeId", WholeNumber.Type.BIGINT);
        Long user = whole("UserId", WholeNumber.Type.BIGINT);
        Long bounty = whole("BountyAmount", WholeNumber.Type.INT);
        Long created = given("CreationDate").map(this::micros).orElse(null);
        return RowFactory.create(
                reasons.toArray(String[]::new),
                id,
                post,
                type,
                created,
                user,
                bounty == null ? null : Integer.valueOf(bounty.intValue()));
    }

    private Optional<String> given(String field) {
        return Optional.ofNullable(fields.get(field)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private Long whole(String field, WholeNumber.Type type) {
        Optional<WholeNumber> read = given(field).map(text -> WholeNumber.of(text, type));
        read.flatMap(WholeNumber::fault).ifPresent(fault -> reasons.add(field + " " + fault));
        return read.flatMap(WholeNumber::value).orElse(null);
    }

    private Long micros(String text) {
        Matcher local = LOCAL.matcher(text);
        if (local.matches()) {
            try {
                LocalTime time = local.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(local.group(2));
                return LocalDate.parse(local.group(1)).toEpochDay() * MICROS_PER_DAY
                        + time.toNanoOfDay() / NANOS_PER_MICRO;
            } catch (DateTimeException e) {
                // Not a valid date or time of day: reported below.
            }
        }
        reasons.add("CreationDate is not a local date and time");
        return null;
    }
}
