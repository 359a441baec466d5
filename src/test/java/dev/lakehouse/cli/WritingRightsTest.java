package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grants as MySQL and MariaDB list them, for an account of the database my_shop. */
final class WritingRightsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            nullValues = "-",
            value = {
                "GRANT USAGE ON *.* TO `reader`@`%` | ''",
                "GRANT SELECT, SHOW VIEW ON `my\\_shop`.* TO `reader`@`%` | ''",
                "GRANT SELECT, REPLICATION CLIENT ON *.* TO 'reader'@'%' IDENTIFIED BY PASSWORD '*0' | ''",
                "GRANT SELECT, CREATE TEMPORARY TABLES ON `my_shop`.* TO `reader`@`%` | CREATE",
                "GRANT ALL PRIVILEGES ON *.* TO `root`@`%` WITH GRANT OPTION | ALL",
                "GRANT ALL PRIVILEGES ON `my\\_shop`.* TO `writer`@`%` | ALL",
                "GRANT ALL PRIVILEGES ON `my%`.* TO `writer`@`%` | ALL",
                "GRANT ALL PRIVILEGES ON `other`.* TO `writer`@`%` | ''",
                "GRANT ALL PRIVILEGES ON `my\\_shop\\_%`.* TO `writer`@`%` | ''",
                "GRANT SELECT, INSERT (`name`, `id`), DELETE ON `my_shop`.`members` TO `writer`@`%` | DELETE, INSERT",
                "GRANT `role`@`%` TO `reader`@`%` | ''",
            })
    void onlyRightsToWriteInTheDatabaseAreFound(String grant, String rights) {
        assertThat(String.join(", ", WritingRights.of(List.of(grant), "my_shop")))
                .isEqualTo(rights.replace("''", ""));
    }
}
