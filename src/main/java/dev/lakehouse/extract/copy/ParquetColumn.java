package dev.lakehouse.extract.copy;

import dev.lakehouse.source.mysql.MySqlDouble;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;

/**
 * A column in Parquet, of the type that Spark writes for its own type: how a value's text form is stored, read and compared. Dates
 * are in the proleptic Gregorian calendar; one that does not exist in it throws a {@link java.time.DateTimeException}.
 */
enum ParquetColumn implements Serializable {
    BOOLEAN {
        @Override
        void write(byte[] text, DataType type, RecordConsumer to) {
            to.addBoolean(text[0] == '1');
        }

        @Override
        byte[] read(ColumnReader from, DataType type) {
            return ascii(from.getBoolean() ? "1" : "0");
        }
    },
    INT {
        @Override
        void write(byte[] text, DataType type, RecordConsumer to) {
            to.addInteger((int) digits(text));
        }

        @Override
        byte[] read(ColumnReader from, DataType type) {
            return ascii(decimal(from.getInteger(), type));
        }
    },
    LONG {
        @Override
        void write(byte[] text, DataType type, RecordConsumer to) {
            to.addLong(digits(text));
        }

        @Override
        byte[] read(ColumnReader from, DataType type) {
            return ascii(decimal(from.getLong(), type));
        }
    },
    FIXED {
        @Override
        void write(byte[] text, DataType type, RecordConsumer to) {
            byte[] unscaled =
                    new BigInteger(new String(text, StandardCharsets.US_ASCII).replace(".", "")).toByteArray();
            byte[] fixed = new byte[octets((DecimalType) type)];
            int padding = fixed.length - unscaled.length;
            Arrays.fill(fixed, 0, padding, (byte) (unscaled[0] < 0 ? -1 : 0));
            System.arraycopy(unscaled, 0, fixed, padding, unscaled.length);
            to.addBinary(Binary.fromConstantByteArray(fixed));
        }

        @Override
        byte[] read(ColumnReader from, DataType type) {
            BigInteger unscaled = new BigInteger(from.getBinary().getBytesUnsafe());
            return ascii(new BigDecimal(unscaled, ((DecimalType) type).scale()).toPlainString());
        }
    },
    FLOAT {
        @Override
        void write(byte[] text, DataType type, RecordConsumer to) {
            to.addFloat((float) number(text)); // it is a FLOAT, printed as a DOUBLE
        }

        @Override
        byte[] read(ColumnReader from, DataType type) {
            return ascii(MySqlDouble.text(from.getFloat()));
        }
    },
    DOUBLE {
        @Override
        void write(byte[] text, DataType type, RecordConsumer to) {
            to.addDouble(number(text));
        }

        @Override
        byte[] read(ColumnReader from, DataType type) {
            return ascii(MySqlDouble.text(from.getDouble()));
        }
    },
    BYTES {
        @Override
        void write(byte[] text, DataType type, RecordConsumer to) {
            to.addBinary(Binary.fromConstantByteArray(text));
        }

        @Override
        byte[] read(ColumnReader from, DataType type) {
            return from.getBinary().getBytesUnsafe();
        }
    },
    /** An array of FLOAT, whose text form is their bytes, little endian. */
    FLOATS {
        @Override
        void write(byte[] text, DataType type, RecordConsumer to) {
            to.startGroup();
            if (text.length > 0) {
                to.startField("list", 0);
                ByteBuffer numbers = ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN);
                while (numbers.hasRemaining()) {
                    to.startGroup();
                    to.startField("element", 0);
                    to.addFloat(numbers.getFloat());
                    to.endField("element", 0);
                    to.endGroup();
                }
                to.endField("list", 0);
            }
            to.endGroup();
        }

        @Override
        byte[] read(ColumnReader from, DataType type) {
            return ByteBuffer.allocate(Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(from.getFloat())
                    .array();
        }
    },
    DATE {
        @Override
        void write(byte[] text, DataType type, RecordConsumer to) {
            to.addInteger((int) day(text));
        }

        @Override
        byte[] read(ColumnReader from, DataType type) {
            return ascii(LocalDate.ofEpochDay(from.getInteger()).toString());
        }
    },
    TIME {
        @Override
        void write(byte[] text, DataType type, RecordConsumer to) {
            long seconds = (day(text) * 24 + part(text, 11, 13)) * 3600 + part(text, 14, 16) * 60L + part(text, 17, 19);
            to.addLong(seconds * 1_000_000 + part(text, 20, 26));
        }

        @Override
        byte[] read(ColumnReader from, DataType type) {
            long micros = micros(from);
            long second = Math.floorDiv(micros, MICROS);
            int nanos = (int) (micros - second * MICROS) * 1000;
            return ascii(MOMENT.format(LocalDateTime.ofEpochSecond(second, nanos, ZoneOffset.UTC)));
        }
    };

    private static final long MICROS = 1_000_000;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
    private static final long DAY_MICROS = Duration.ofDays(1).toMillis() * 1000;

    /** The Julian day number of 1970-01-01. */
    private static final int EPOCH = 2_440_588;

    private static final int INT_DIGITS = 9;
    private static final int LONG_DIGITS = 18;

    /** The column of a type. */
    static ParquetColumn of(DataType type) {
        if (type instanceof DecimalType decimal) {
            return decimal.precision() <= INT_DIGITS ? INT : decimal.precision() <= LONG_DIGITS ? LONG : FIXED;
        }
        if (type.equals(DataTypes.StringType) || type.equals(DataTypes.BinaryType)) {
            return BYTES;
        }
        if (type.equals(DataTypes.BooleanType)) {
            return BOOLEAN;
        }
        if (type.equals(DataTypes.FloatType)) {
            return FLOAT;
        }
        if (type.equals(DataTypes.DoubleType)) {
            return DOUBLE;
        }
        if (type.equals(DataTypes.LongType)) {
            return LONG;
        }
        if (type.equals(DataTypes.DateType)) {
            return DATE;
        }
        if (type instanceof ArrayType) {
            return FLOATS;
        }
        return isTime(type) ? TIME : INT;
    }

    private static boolean isTime(DataType type) {
        return type.equals(DataTypes.TimestampType) || type.equals(DataTypes.TimestampNTZType);
    }

    /** Adds the value of a text form to a record. */
    abstract void write(byte[] text, DataType type, RecordConsumer to);

    /** The text form of the current value of a file's column, which is not NULL; of an array, the bytes of one element. */
    abstract byte[] read(ColumnReader from, DataType type);

    /** The field of a column in the schema of a file. */
    static Type field(StructField column) {
        DataType type = column.dataType();
        ParquetColumn kind = of(type);
        if (kind == FLOATS) {
            return Types.optionalList().optionalElement(PrimitiveTypeName.FLOAT).named(column.name());
        }
        PrimitiveTypeName stored =
                switch (kind) {
                    case INT, DATE -> PrimitiveTypeName.INT32;
                    case LONG, TIME -> PrimitiveTypeName.INT64;
                    case FIXED -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
                    case BYTES -> PrimitiveTypeName.BINARY;
                    case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
                    case FLOAT -> PrimitiveTypeName.FLOAT;
                    case DOUBLE -> PrimitiveTypeName.DOUBLE;
                    case FLOATS -> throw new AssertionError(kind);
                };
        Types.PrimitiveBuilder<? extends Type> field =
                column.nullable() ? Types.optional(stored) : Types.required(stored);
        if (kind == FIXED) {
            field = field.length(octets((DecimalType) type));
        }
        LogicalTypeAnnotation meaning = meaning(type);
        return (meaning == null ? field : field.as(meaning)).named(column.name());
    }

    private static LogicalTypeAnnotation meaning(DataType type) {
        if (type instanceof DecimalType decimal) {
            return LogicalTypeAnnotation.decimalType(decimal.scale(), decimal.precision());
        }
        if (type.equals(DataTypes.StringType)) {
            return LogicalTypeAnnotation.stringType();
        }
        if (type.equals(DataTypes.DateType)) {
            return LogicalTypeAnnotation.dateType();
        }
        if (isTime(type)) {
            return LogicalTypeAnnotation.timestampType(type.equals(DataTypes.TimestampType), TimeUnit.MICROS);
        }
        if (type.equals(DataTypes.ByteType) || type.equals(DataTypes.ShortType)) {
            return LogicalTypeAnnotation.intType(type.defaultSize() * Byte.SIZE, true);
        }
        return null;
    }

    /**
     * Compares two values by their text forms, NULL first. Exact numbers have no leading zeros and equally many decimals.
     */
    int compare(byte[] one, byte[] other) {
        if (one == null || other == null) {
            return one == other ? 0 : one == null ? -1 : 1;
        }
        if (this == FLOAT || this == DOUBLE) {
            return Double.compare(number(one), number(other));
        }
        if (this == BYTES || this == FLOATS || this == DATE || this == TIME) {
            return Arrays.compareUnsigned(one, other);
        }
        boolean negative = one[0] == '-';
        if (negative != (other[0] == '-')) {
            return negative ? -1 : 1;
        }
        int order = one.length != other.length
                ? Integer.compare(one.length, other.length)
                : Arrays.compareUnsigned(one, other);
        return negative ? -order : order;
    }

    /** As many bytes as the largest unscaled value needs, with its sign. */
    private static int octets(DecimalType type) {
        return BigInteger.TEN.pow(type.precision()).bitLength() / Byte.SIZE + 1;
    }

    /** A number without its decimal point. */
    private static long digits(byte[] text) {
        boolean negative = text[0] == '-';
        long value = 0;
        for (int i = negative ? 1 : 0; i < text.length; i++) {
            if (text[i] != '.') {
                value = value * 10 - (text[i] - '0'); // downwards, because the smallest value has no counterpart
            }
        }
        return negative ? value : -value;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A number with the decimals of its type. */
    private static String decimal(long unscaled, DataType type) {
        return type instanceof DecimalType decimal && decimal.scale() > 0
                ? BigDecimal.valueOf(unscaled, decimal.scale()).toPlainString()
                : Long.toString(unscaled);
    }

    /** Microseconds since 1970. Extracts of earlier versions have nanoseconds of a day and its number. */
    private static long micros(ColumnReader from) {
        if (from.getDescriptor().getPrimitiveType().getPrimitiveTypeName() != PrimitiveTypeName.INT96) {
            return from.getLong();
        }
        ByteBuffer time = from.getBinary().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long nanos = time.getLong();
        return (time.getInt() - EPOCH) * DAY_MICROS + nanos / 1000;
    }

    private static double number(byte[] text) {
        return Double.parseDouble(new String(text, StandardCharsets.US_ASCII));
    }

    private static long day(byte[] text) {
        return LocalDate.of(part(text, 0, 4), part(text, 5, 7), part(text, 8, 10))
                .toEpochDay();
    }

    private static int part(byte[] text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + (text[i] - '0');
        }
        return value;
    }
}
