package dev.lakehouse.sample.activity;

import dev.lakehouse.sample.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * One generated line of input.
 *
 * @param widgets the number of elements of its list; below 0 if the list is null or missing
 */
record GeneratedActivity(
        String id,
        String email,
        int ageGroup,
        String location,
        String score,
        long cents,
        int widgets,
        Instant createdAt,
        long widgetSeed) {
    private static final List<String> NAMES =
            List.of("ada", "ben", "chen", "dora", "emil", "fatou", "güler", "hana", "ines", "jonas", "kofi", "lena");
    private static final List<String> LOCATIONS = List.of(
            "Argentina",
            "Brazil",
            "China",
            "DE",
            "Egypt",
            "France",
            "Greece",
            "Hungary",
            "Indonesia",
            "JP",
            "Kenya",
            "Laos",
            "Mexico",
            "Norway",
            "Oman",
            "Peru",
            "Qatar",
            "Russia",
            "SE",
            "Thailand",
            "US",
            "Viet Nam",
            "Yemen");
    private static final List<String> WIDGETS =
            List.of("Anvil", "Bellows", "Clamp", "Drill", "Easel", "Funnel", "Gauge", "Hoist", "Inverter", "Jack");
    private static final Instant BEGIN = Instant.parse("2019-07-01T00:00:00Z");
    private static final int MILLIS_BETWEEN = 977; // so that two lines never have the same instant by chance
    private static final int USERS_IN_TEN_ROWS = 8;
    private static final int AGE_GROUPS = 6;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    static GeneratedActivity of(long seed, long rows, long index) {
        SeededRandom row = SeededRandom.of(seed * MIX + index);
        long number = row.nextLong(Math.max(1, rows * USERS_IN_TEN_ROWS / 10));
        SeededRandom user = SeededRandom.of((seed + 1) * MIX - number);
        UUID id = new UUID(
                (user.nextLong() & ~0xF000L) | 0x4000L, (user.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
        return new GeneratedActivity(
                id.toString(),
                user.choose(NAMES) + number + "@example.org",
                1 + user.nextInt(AGE_GROUPS),
                location(user),
                score(row),
                row.nextLong(100_000),
                widgets(row),
                BEGIN.plusMillis(index * MILLIS_BETWEEN),
                row.nextLong());
    }

    private static String location(SeededRandom user) {
        return switch (user.nextInt(100)) {
            case 0, 1 -> null;
            case 2 -> "";
            default -> user.choose(LOCATIONS);
        };
    }

    private static String score(SeededRandom row) {
        return switch (row.nextInt(100)) {
            case 0, 1 -> "null";
            case 2 -> "NaN";
            case 3, 4, 5, 6, 7, 8, 9 -> String.format(Locale.ROOT, "%.2f", row.nextInt(100) / 100.0);
            default -> Double.toString(row.nextDouble());
        };
    }

    private static int widgets(SeededRandom row) {
        return switch (row.nextInt(20)) {
            case 0 -> -1;
            case 1 -> -2;
            case 2, 3, 4 -> 0;
            default -> 1 + row.nextInt(4);
        };
    }

    /** The line. */
    String line() {
        return json(id, cents + "e-2", createdAt.toString());
    }

    /** Another line of the same user and instant. */
    String repetition() {
        return json(
                id,
                Long.toString(cents + 1),
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(createdAt.atOffset(ZoneOffset.ofHours(2))));
    }

    /** A line that is not accepted, by kind. */
    byte[] badLine(int kind) {
        String line = line();
        return switch (Math.floorMod(kind, 5)) {
            case 0 -> line.substring(0, line.length() / 2).getBytes(StandardCharsets.UTF_8);
            case 1 -> json(id, "\"n/a\"", createdAt.toString()).getBytes(StandardCharsets.UTF_8);
            case 2 -> json(null, "1", createdAt.toString()).getBytes(StandardCharsets.UTF_8);
            case 3 -> json(id, "1", "a while ago").getBytes(StandardCharsets.UTF_8);
            default ->
                json(id, "1", createdAt.toString())
                        .replace("{", "{\"note\":\"café\",")
                        .getBytes(StandardCharsets.ISO_8859_1);
        };
    }

    private String json(String id, String revenue, String createdAt) {
        StringBuilder line = new StringBuilder(300).append('{');
        if (id != null) {
            line.append("\"id\":\"").append(id).append("\",");
        }
        line.append("\"email\":\"").append(email).append("\",\"age_group\":").append(ageGroup);
        line.append(",\"user_score\":").append(score).append(",\"revenue\":").append(revenue);
        appendWidgets(line);
        if (location != null) {
            line.append(",\"location\":\"").append(location).append('"');
        }
        return line.append(",\"created_at\":\"").append(createdAt).append("\"}").toString();
    }

    private void appendWidgets(StringBuilder line) {
        if (widgets == -1) {
            line.append(",\"widget_list\":null");
        } else if (widgets >= 0) {
            SeededRandom random = SeededRandom.of(widgetSeed);
            line.append(",\"widget_list\":[");
            for (int i = 0; i < widgets; i++) {
                line.append(i == 0 ? "" : ",").append("{\"name\":\"").append(random.choose(WIDGETS));
                line.append("\",\"amount\":").append(random.nextInt(100_000)).append('}');
            }
            line.append(']');
        }
    }
}
