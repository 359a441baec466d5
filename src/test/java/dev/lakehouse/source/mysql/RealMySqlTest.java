package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.RealMySql;
import dev.lakehouse.testing.TestLakehouse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What other tests show on the embedded server, MariaDB, shown on MySQL: the text of each type, and how keys are cut. */
@Tag("containers")
final class RealMySqlTest {
    @RegisterExtension
    static final RealMySql MYSQL = new RealMySql();

    @Test
    void itIsMySqlOfVersion8OrNewer() {
        String version = TestLakehouse.fresh().mysqlRow("SELECT VERSION()");

        assertThat(version).doesNotContainIgnoringCase("MariaDB");
        assertThat(Integer.parseInt(version.replaceFirst("\\..*", ""))).isGreaterThanOrEqualTo(8);
    }

    @Nested
    final class Types extends TypeMappingTest {}

    /** The types that only MySQL has. */
    @Nested
    final class MySqlTypes extends RoundTrips {
        @Test
        void aVectorIsAnArrayOfFloats() throws Exception {
            roundTrip("VECTOR(3)", "TO_VECTOR('[1, -0.1, 3.4e38]')", "ARRAY<FLOAT>", "0000803fcdccccbd9ec97f7f");
            roundTrip("VECTOR(3)", "NULL", "ARRAY<FLOAT>", null);
            check();
        }

        @Test
        void wholeNumbersInJsonKeepTheirDigits() throws Exception {
            roundTrip(
                    "JSON",
                    "'{\"b\": 18446744073709551615, \"a\": 1e2, \"a\": 0.10}'",
                    "STRING",
                    "{\"a\": 0.1, \"b\": 18446744073709551615}");
            check();
        }
    }

    @Nested
    final class Doubles extends MySqlDoubleTest {}

    @Nested
    final class Tables extends WholeTablesTest {}

    @Nested
    final class Values extends GeneratedValuesTest {}

    @Nested
    final class Keys extends KeyRangesTest {}
}
