package dev.lakehouse.sample.members;

/**
 * The text format for LOAD DATA: columns end with a tab, rows with a line feed, a backslash escapes, and {@code \N} is
 * NULL.
 */
final class LoadText {
    /** The format clause of the statement. It needs an SQL mode in which backslashes escape. */
    static final String FORMAT = "CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ENCLOSED BY '' ESCAPED BY '\\\\'"
            + " LINES STARTING BY '' TERMINATED BY '\\n'";

    private LoadText() {}

    /** Appends a member as a row, in the order of {@link MembersSource#COLUMNS}. */
    static void append(Member member, StringBuilder text) {
        append(member.memberId(), '\t', text);
        append(member.firstName(), '\t', text);
        append(member.lastName(), '\t', text);
        append(member.email(), '\t', text);
        append(member.phoneNumber(), '\t', text);
        append(member.address(), '\t', text);
        append(member.city(), '\t', text);
        append(member.country(), '\t', text);
        append(member.registrationDate().toString(), '\n', text);
    }

    private static void append(String value, char end, StringBuilder text) {
        if (value == null) {
            text.append("\\N");
        } else {
            for (int i = 0; i < value.length(); i++) {
                escape(value.charAt(i), text);
            }
        }
        text.append(end);
    }

    private static void escape(char c, StringBuilder text) {
        switch (c) {
            case '\\' -> text.append("\\\\");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\0' -> text.append("\\0");
            default -> text.append(c);
        }
    }
}
