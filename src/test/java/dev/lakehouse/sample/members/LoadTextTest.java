package dev.lakehouse.sample.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadTextTest {
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "a\tb\t",
            "\nline\n",
            "\r\n",
            "\\",
            "\\\\N",
            "\\N",
            "N",
            "NULL",
            "\\t is no tab",
            "zero \0 byte",
            "\u001a\b",
            "'single' \"double\" `back`",
            "Żółć ÄÖÜß Ελλάδα Україна",
            "日本語",
            "emoji 🦆👩‍👩‍👧",
            "\uFEFFmark",
            "x".repeat(40));

    @Test
    void theServerReadsBackEveryCharacterAndNull() throws SQLException {
        MySqlServer server = TestServers.freshDatabase();
        MembersSource.of(server).create();
        MemberGenerator generator = MemberGenerator.of(1, VALUES.size(), LocalDate.of(2026, 11, 20));
        List<Member> members = VALUES.stream()
                .map(value -> with(value, generator.member(VALUES.indexOf(value))))
                .toList();

        try (Connection connection = server.connect(RowWriter.LOADING)) {
            new RowWriter.LoadData(connection).write(members.iterator());
        }

        assertThat(SourceRows.read(server).values()).containsExactlyElementsOf(members);
    }

    @Test
    void aStreamGivesTheSameBytesHoweverItIsRead() throws Exception {
        List<Member> members =
                List.copyOf(SourceRows.generated(MemberGenerator.of(1, 2_000, LocalDate.of(2026, 11, 20)))
                        .values());
        StringBuilder text = new StringBuilder();
        members.forEach(member -> LoadText.append(member, text));
        byte[] expected = text.toString().getBytes(StandardCharsets.UTF_8);

        assertThat(new MemberStream(members.iterator()).readAllBytes()).isEqualTo(expected);
        MemberStream byByte = new MemberStream(members.iterator());
        byte[] read = new byte[expected.length];
        for (int i = 0; i < read.length; i++) {
            read[i] = (byte) byByte.read();
        }
        assertThat(read).isEqualTo(expected);
        assertThat(byByte.read()).isEqualTo(-1);
    }

    private static Member with(String value, Member member) {
        return new Member(member.memberId(), value, value, value, value, null, null, value, member.registrationDate());
    }
}
