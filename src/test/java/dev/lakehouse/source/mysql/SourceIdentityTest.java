package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceIdentityTest {
    private static SourceIdentity at(String host, String uuid) {
        return new SourceIdentity("shop", "jdbc:mysql://" + host + "/shop", Optional.ofNullable(uuid));
    }

    @ParameterizedTest
    @CsvSource({
        "db:3306, a, db:3306, b, true", // restored on the same host
        "db:3306, a, other:3306, a, false", // another name for the same host
        "db:3306, , other:3306, , true",
        "db:3306, , db:3307, , true",
        "DB, , db:3306, , false",
        "db:3306, , other:3306, a, false", // asked for its id for the first time
        "other:3306, a, db:3306, , false",
        "127.0.0.1:4711, , localhost:4712, , false", // a port that comes and goes
        "[::1]:4711, , db:3306, , false",
        "'db1:3306,db2:3306', , 'db1:3306,db3:3306', , true",
    })
    void aServerIsAnotherOneWhereThatIsCertain(
            String host, String uuid, String otherHost, String otherUuid, boolean differs) {
        assertThat(at(host, uuid).differsFrom(at(otherHost, otherUuid))).isEqualTo(differs);
        assertThat(at(otherHost, otherUuid).differsFrom(at(host, uuid))).isEqualTo(differs);
    }

    @Test
    void anotherDatabaseOfTheServerIsAnotherSource() {
        SourceIdentity shop = at("db", "a");

        assertThat(new SourceIdentity("crm", "jdbc:mysql://db/crm", Optional.of("a")).differsFrom(shop))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db | 3e11fa47-71ca-11e1-9e33-c80aa9429562 | shop@3e11fa47-71ca-11e1-9e33-c80aa9429562",
                "DB.internal | | shop@db.internal:3306",
                "localhost:4711 | | shop@localhost",
                "a:1,b:2 | | shop@a:1%2Cb:2",
            })
    void itsTextIsOneThatCanBeGivenInAList(String host, String uuid, String text) {
        assertThat(at(host, uuid).text()).isEqualTo(text);
    }
}
