package dev.lakehouse.sample.members;

import dev.lakehouse.source.mysql.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What stands in the source table, by key, read in a way that the code under test does not use. */
final class SourceRows {
    private SourceRows() {}

    static Map<String, Member> read(MySqlServer server) {
        Map<String, Member> rows = new TreeMap<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM members")) {
            while (row.next()) {
                Member member = new Member(
                        row.getString("member_id"),
                        row.getString("first_name"),
                        row.getString("last_name"),
                        row.getString("email"),
                        row.getString("phone_number"),
                        row.getString("address"),
                        row.getString("city"),
                        row.getString("country"),
                        LocalDate.parse(row.getString("registration_date")));
                rows.put(member.memberId(), member);
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, Member> generated(MemberGenerator generator) {
        return LongStream.range(0, generator.rows())
                .mapToObj(generator::member)
                .collect(Collectors.toMap(Member::memberId, member -> member));
    }
}
