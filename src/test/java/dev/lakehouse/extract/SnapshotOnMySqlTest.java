package dev.lakehouse.extract;

import dev.lakehouse.testing.RealMySql;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same on MySQL, whose locks and times of creation differ from MariaDB's. */
@Tag("containers")
final class SnapshotOnMySqlTest extends SnapshotTest {
    @RegisterExtension
    static final RealMySql MYSQL = new RealMySql();
}
