package dev.lakehouse.source.mysql;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ltrim;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.repeat;
import static org.apache.spark.sql.functions.rtrim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import dev.lakehouse.UserError;
import dev.lakehouse.spark.Compute;
import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * A DOUBLE as MySQL and MariaDB print it: the shortest digits that give the same DOUBLE again, and of these the closest. If the
 * decimal point is at most 14 places before the first digit, at most 15 after it, or between digits, there is no exponent: {@code 1500},
 * {@code 0.001}, {@code 1.5e20}, {@code -2.5e-17}. The source is the function my_gcvt in MySQL's strings/dtoa.cc.
 */
public final class MySqlDouble {
    private static final int FEWEST_PLACES = -14;
    private static final int MOST_PLACES = 15;

    /** Java prints two digits at least, which makes a difference for numbers that are less exact than that. */
    private static final double LEAST_WITH_TWO_DIGITS = 1e-300;

    private MySqlDouble() {}

    /** The text of a DOUBLE. */
    public static String text(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value); // not in MySQL, but a Delta table may be edited
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        double positive = Math.abs(value);
        if (positive == 0) {
            return sign + "0";
        }
        BigDecimal shortest = new BigDecimal(DoubleToDecimal.toString(positive)).stripTrailingZeros();
        if (positive < LEAST_WITH_TWO_DIGITS && shortest.precision() == 2) {
            BigDecimal shorter = new BigDecimal(positive).round(new MathContext(1));
            shortest = shorter.doubleValue() == positive ? shorter : shortest;
        }
        return sign + text(shortest.unscaledValue().toString(), shortest.precision() - shortest.scale());
    }

    /**
     * @param digits without zeros at either end
     * @param places how many digits are before the decimal point; if negative, how many zeros are after it
     */
    private static String text(String digits, int places) {
        if (places < FEWEST_PLACES || (places > MOST_PLACES && places >= digits.length())) {
            return digits.charAt(0) + (digits.length() == 1 ? "" : "." + digits.substring(1)) + "e" + (places - 1);
        }
        if (places <= 0) {
            return "0." + "0".repeat(-places) + digits;
        }
        return digits.length() <= places
                ? digits + "0".repeat(places - digits.length())
                : digits.substring(0, places) + "." + digits.substring(places);
    }

    /** The text of a column of DOUBLE, where Spark runs our code. */
    static Column textByJava(Column value) {
        UDF1<Double, String> text = number -> number == null ? null : text(number);
        return udf(text, DataTypes.StringType).apply(value);
    }

    /**
     * The error for a Spark whose own functions do not give the text, because its Java is older than 19 and prints more digits
     * than needed.
     */
    static UserError needsDedicatedCompute() {
        return Compute.needsDedicated(
                "Columns of type FLOAT and DOUBLE cannot be loaded",
                "Their proof needs the shortest digits of a number, which Spark prints only with Java 19 or newer.",
                " Or leave the columns out of the extract with --without.");
    }

    /** Whether {@link #textBySparkAlone} gives the text. The number is no constant, so that it is printed where data is. */
    static boolean isPrintedShortest(SparkSession session) {
        return "7.3879E20"
                .equals(session.sql("SELECT CAST(DOUBLE('7.3879E20') + id AS STRING) FROM range(1)")
                        .head()
                        .getString(0));
    }

    /** The same by Spark's own functions, except for numbers below 1e-300; see {@link #isPrintedShortest}. */
    static Column textBySparkAlone(Column value) {
        Column java = value.cast(DataTypes.StringType); // 0.001, 12.0 or 1.5E20
        Column whole = regexp_extract(java, "([0-9]+)", 1);
        Column exponent = coalesce(regexp_extract(java, "E(-?[0-9]+)", 1).try_cast(DataTypes.IntegerType), lit(0));
        Column all = concat(whole, regexp_extract(java, "[.]([0-9]+)", 1));
        Column withoutZerosBefore = ltrim(all, lit("0"));
        Column digits = rtrim(withoutZerosBefore, lit("0"));
        Column places = length(whole).plus(exponent).minus(length(all).minus(length(withoutZerosBefore)));
        Column count = length(digits);
        Column fraction = digits.substr(lit(2), count);
        Column text = when(count.equalTo(0), "0")
                .when(
                        places.lt(FEWEST_PLACES).or(places.gt(MOST_PLACES).and(places.geq(count))),
                        concat(
                                digits.substr(lit(1), lit(1)),
                                when(count.equalTo(1), "").otherwise(concat(lit("."), fraction)),
                                lit("e"),
                                places.minus(1).cast(DataTypes.StringType)))
                .when(places.leq(0), concat(lit("0."), repeat(lit("0"), greatest(places.multiply(-1), lit(0))), digits))
                .when(count.leq(places), concat(digits, repeat(lit("0"), places.minus(count))))
                .otherwise(concat(digits.substr(lit(1), places), lit("."), digits.substr(places.plus(1), count)));
        return when(isnan(value).or(abs(value).equalTo(lit(Double.POSITIVE_INFINITY))), java)
                .otherwise(concat(when(java.startsWith("-"), "-").otherwise(""), text));
    }
}
