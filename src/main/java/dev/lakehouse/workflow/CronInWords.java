package dev.lakehouse.workflow;

import java.util.Locale;

/** Quartz cron expressions in words, for the forms that schedules mostly have; others are shown as they are. */
final class CronInWords {
    private CronInWords() {}

    /** Fields: second, minute, hour, day of month, month, day of week, and perhaps a year. */
    static String of(String cron) {
        String[] field = cron.trim().split("\\s+", -1);
        boolean everyMonth = field.length >= 6 && "*".equals(field[4]);
        if (!everyMonth || field.length > 6 || !isNumber(field[0]) || !isNumber(field[1])) {
            return "by cron " + cron;
        }
        if (isAny(field[3]) && isAny(field[5]) && "*".equals(field[2])) {
            return "every hour at minute " + Integer.parseInt(field[1]);
        }
        if (!isNumber(field[2])) {
            return "by cron " + cron;
        }
        String time = String.format(Locale.ROOT, "%02d:%02d", Integer.parseInt(field[2]), Integer.parseInt(field[1]));
        if (isAny(field[3]) && isAny(field[5])) {
            return "every day at " + time;
        }
        if (isAny(field[3]) && field[5].matches("[A-Z]{3}([-,][A-Z]{3})*")) {
            return "every " + field[5] + " at " + time;
        }
        return isAny(field[5]) && isNumber(field[3])
                ? "every month on day " + field[3] + " at " + time
                : "by cron " + cron;
    }

    private static boolean isAny(String field) {
        return "*".equals(field) || "?".equals(field);
    }

    private static boolean isNumber(String field) {
        return field.matches("[0-9]{1,2}");
    }
}
