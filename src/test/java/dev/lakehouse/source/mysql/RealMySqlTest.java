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

    @Nested
    final class Keys extends KeyRangesTest {}
}
