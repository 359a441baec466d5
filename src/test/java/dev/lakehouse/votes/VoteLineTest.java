package dev.lakehouse.votes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoteLineTest {
    /** As tools that keep numbers with gaps as binary fractions write them: pandas-dev/pandas#57224. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'Id':1,'PostId':10,'VoteTypeId':5,'CreationDate':'2024-03-04','UserId':8.0}|1 10 5 8 null",
                "{'Id':2e0,'PostId':'10.0','VoteTypeId':2,'CreationDate':'2024-03-04','UserId':null}|2 10 2 null null",
                "{'Id':3,'PostId':1.1e1,'VoteTypeId':5,'CreationDate':'2024-03-05','UserId':9.000,'BountyAmount':50.0}|3 11 5 9 50",
                "{'Id':' 4 ','PostId':'1','VoteTypeId':'2','CreationDate':'2024-03-04','UserId':'','More':[1]}|4 1 2 null null",
            })
    void aWholeNumberMayBeWrittenWithAPointOrAnExponent(String line, String vote) {
        Row read = VoteLine.parse(line.replace('\'', '"'));

        assertThat(reasons(read)).isEmpty();
        assertThat("%s %s %s %s %s".formatted(read.get(1), read.get(2), read.get(3), read.get(5), read.get(6)))
                .isEqualTo(vote);
    }

    @Test
    void everyReasonForWhichALineIsNoVoteIsTold() {
        assertThat(reasons("""
                        {"Id":4,"PostId":10,"VoteTypeId":5,"CreationDate":"2024-03-05","UserId":8.5,"BountyAmount":3e9}""")).containsExactly("UserId is not a whole number", "BountyAmount is beyond INT");
        assertThat(reasons("{\"Id\":null,\"PostId\":\" \",\"CreationDate\":\"\"}"))
                .containsExactly(
                        "Id is missing", "PostId is missing", "VoteTypeId is missing", "CreationDate is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2022", "2022-01", "2022-02-30", "2022-01-02T00:00:00Z", "2022-01-02T24:00", "02.01.2022"})
    void whatIsNoLocalDateIsTold(String date) {
        assertThat(reasons(vote(date))).containsExactly("CreationDate is not a local date and time");
    }

    @ParameterizedTest
    @CsvSource({
        "2022-01-02, 2022-01-02T00:00",
        "2022-01-02T00:00:00.000, 2022-01-02T00:00",
        "2022-01-02 10:20:30, 2022-01-02T10:20:30",
        "1969-12-31T23:59:59.9999999, 1969-12-31T23:59:59.999999",
    })
    void aDateIsLocalWithOrWithoutATime(String date, LocalDateTime expected) {
        assertThat(VoteLine.parse(vote(date)).getLong(4))
                .isEqualTo(ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), expected));
    }

    /** Readers disagree on which of two equal names holds: NVIDIA/cudf-spark#11361. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "{\"Id\":1,\"PostId\":10,\"VoteTypeId\":2,\"CreationDate\":\"2024-03-04\",\"Id\":2}; Id is there twice",
                "{\"Id\":3,\"VoteTypeId\":2,\"PostId\":10,\"CreationDate\":\"2024-03-04\",\"More\":{\"a\":1,\"a\":2}}; More.a is there twice",
                "{\"Id\":\"4\",\"PostId\":10,\"VoteTypeId\":2,\"CreationDate\":\"2024-03-04\",\"Text\":\"\\uD83D\"}; Text holds a lone surrogate",
                "{\"Id\":5,\"PostId\":NaN,\"VoteTypeId\":2,\"CreationDate\":\"2024-03-04\"}; PostId is not a number, PostId is not a whole number",
            })
    void aLineThatReadersDisagreeOnIsNoVote(String line, String expected) {
        assertThat(String.join(", ", reasons(line))).isEqualTo(expected);
    }

    @Test
    void aSurrogatePairIsACharacter() {
        assertThat(reasons(VoteFiles.vote(6, 10, "2024-03-04").replace("}", ",\"Text\":\"\\uD83D\\uDE00\"}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[{}]", "{} {}", "{'Id':'5'}"})
    void ofWhatIsNoObjectNothingElseIsSaid(String line) {
        assertThat(reasons(line)).containsExactly("not a JSON object");
    }

    private static String vote(String date) {
        return VoteFiles.vote(1, 1, "DAY").replace("DAYT00:00:00.000", date);
    }

    private static List<String> reasons(String line) {
        return reasons(VoteLine.parse(line));
    }

    private static List<String> reasons(Row read) {
        return List.of((String[]) read.get(0));
    }
}
