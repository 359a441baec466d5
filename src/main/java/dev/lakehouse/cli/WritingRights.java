package dev.lakehouse.cli;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the rights to write in what {@code SHOW GRANTS} lists. */
final class WritingRights {
    private static final Pattern GRANT = Pattern.compile("(?is)GRANT (.+?) ON (\\S+?)\\.(\\S+) TO .*");
    private static final Set<String> WRITING = Set.of("ALL", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER");

    private WritingRights() {}

    /** The rights to write in a database or in a table of it. */
    static Set<String> of(List<String> grants, String database) {
        Set<String> rights = new TreeSet<>();
        for (String grant : grants) {
            Matcher parts = GRANT.matcher(grant);
            if (parts.matches() && matches(parts.group(2), database)) {
                Stream.of(parts.group(1).toUpperCase(Locale.ROOT).split(","))
                        .map(right -> right.strip().replaceFirst("[ (].*", "")) // INSERT (name), ALL PRIVILEGES
                        .filter(WRITING::contains)
                        .forEach(rights::add);
            }
        }
        return rights;
    }

    /** Whether a grant is on a database. Its name may have the wildcards of LIKE, and {@code *} stands for all. */
    private static boolean matches(String granted, String database) {
        String name = granted.replaceFirst("^`(.*)`$", "$1").replace("``", "`");
        if (name.equals("*")) {
            return true;
        }
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '%') {
                pattern.append(".*");
            } else if (c == '_') {
                pattern.append('.');
            } else {
                i += c == '\\' && i < name.length() - 1 ? 1 : 0;
                pattern.append(Pattern.quote(name.substring(i, i + 1)));
            }
        }
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                .matcher(database)
                .matches();
    }
}
