package dev.lakehouse.sample.votes;

import dev.lakehouse.sample.SeededRandom;
import dev.lakehouse.storage.FileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Delivered files of votes, the same for the same seed: Ids increase with time, over three years of weeks of which some
 * have many votes and some few. Each file except the first begins with the end of the previous one, and the last file
 * has a few lines that are not accepted.
 */
public final class VoteGenerator {
    private static final LocalDate FIRST_MONDAY = LocalDate.of(2023, 1, 2);
    private static final int WEEKS = 156;
    private static final int REPEATED = 20;
    private static final long FEWEST_PER_FILE = 1_000;
    private static final long MOST_PER_FILE = 1_000_000;

    private final long seed;
    private final long votes;
    private final long[] lastOfWeek = new long[WEEKS];

    private VoteGenerator(long seed, long votes) {
        this.seed = seed;
        this.votes = votes;
        SeededRandom random = SeededRandom.of(seed);
        double[] sums = new double[WEEKS];
        double sum = 0;
        for (int week = 0; week < WEEKS; week++) {
            double extraordinary = random.nextInt(12) == 0 ? (random.nextBoolean() ? 1.6 : 0.5) : 1;
            sum += extraordinary * (0.9 + 0.2 * random.nextDouble());
            sums[week] = sum;
        }
        for (int week = 0; week < WEEKS; week++) {
            lastOfWeek[week] = Math.round(votes * sums[week] / sum);
        }
    }

    /** A generator of a number of votes. */
    public static VoteGenerator of(long seed, long votes) {
        return new VoteGenerator(seed, votes);
    }

    /**
     * Writes the files into a folder. Existing files are replaced.
     *
     * @return the number of files
     */
    public int write(String folder) {
        FileStore files = FileStore.of(folder);
        long perFile = Math.min(MOST_PER_FILE, Math.max(FEWEST_PER_FILE, votes / 4));
        int count = (int) Math.max(1, (votes + perFile - 1) / perFile);
        for (int file = 0; file < count; file++) {
            long from = file * perFile + 1;
            long to = Math.min(votes, from + perFile - 1);
            boolean isLast = file == count - 1;
            files.replace(folder + "/votes-%04d.jsonl".formatted(file + 1), out -> {
                write(out, Math.max(1, from - REPEATED), to);
                if (isLast) {
                    out.write(untakable().getBytes(StandardCharsets.UTF_8));
                }
            });
        }
        return count;
    }

    private void write(OutputStream out, long from, long to) throws IOException {
        StringBuilder text = new StringBuilder();
        int week = 0;
        for (long id = from; id <= to; id++) {
            while (lastOfWeek[week] < id) {
                week++;
            }
            append(text, id, week);
            if (text.length() > 1 << 16 || id == to) {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            }
        }
    }

    private void append(StringBuilder text, long id, int week) {
        SeededRandom random = SeededRandom.of(seed * 31 + id);
        long first = week == 0 ? 0 : lastOfWeek[week - 1];
        long day = 7 * (id - first - 1) / (lastOfWeek[week] - first);
        int type = 1 + Math.min(random.nextInt(16), random.nextInt(16));
        text.append("{\"Id\":\"").append(id);
        text.append("\",\"PostId\":\"").append(1 + random.nextLong(1 + id / 3));
        text.append("\",\"VoteTypeId\":\"").append(type);
        text.append("\",\"CreationDate\":\"")
                .append(FIRST_MONDAY.plusDays(7L * week + day))
                .append("T00:00:00.000\"");
        if (type == 5 || type == 8) {
            text.append(",\"UserId\":\"")
                    .append(1 + random.nextLong(1 + id / 10))
                    .append('"');
        }
        if (type == 8 || type == 9) {
            text.append(",\"BountyAmount\":\"")
                    .append(50 * (1 + random.nextInt(10)))
                    .append('"');
        }
        text.append("}\n");
    }

    /**
     * Lines that are not accepted: a vote with other content than the delivered one, a truncated line, and a vote
     * without its post.
     */
    private static String untakable() {
        return """
                {"Id":"1","PostId":"999999999","VoteTypeId":"2","CreationDate":"2023-01-02T00:00:00.000"}
                {"Id":"999999998","PostId":"17","VoteTy
                {"Id":"999999999","VoteTypeId":"2","CreationDate":"2023-01-02T00:00:00.000"}
                """;
    }
}
