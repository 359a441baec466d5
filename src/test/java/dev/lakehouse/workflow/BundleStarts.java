package dev.lakehouse.workflow;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Schedules and triggers of jobs, schedules of alerts. */
final class BundleStarts {
    /** What Databricks accepts at least, in seconds. */
    private static final int SHORTEST_WAIT = 60;

    private BundleStarts() {}

    static List<String> findings(Bundle bundle) {
        return BundleTarget.inEach(bundle, target -> Stream.concat(
                        bundle.resources("jobs").stream().flatMap(job -> job(target, job.node()).stream()),
                        bundle.resources("alerts").stream()
                                .flatMap(alert -> Bundle.find(alert.node(), "schedule").stream())
                                .flatMap(schedule -> schedule(target, schedule, "quartz_cron_schedule").stream()))
                .toList());
    }

    private static List<String> job(BundleTarget target, YamlNode job) {
        List<String> findings = new ArrayList<>();
        Bundle.find(job, "schedule")
                .ifPresent(schedule -> findings.addAll(schedule(target, schedule, "quartz_cron_expression")));
        Bundle.find(job, "trigger", "file_arrival").ifPresent(files -> findings.addAll(files(target, files)));
        Bundle.find(job, "continuous").ifPresent(continuous -> findings.addAll(continuous(job)));
        if (Bundle.find(job, "schedule").isPresent()
                && Bundle.find(job, "trigger").isPresent()) {
            findings.add(job.location() + ": a job has a schedule or a trigger, not both.");
        }
        return findings;
    }

    /** What Databricks refuses of a job that runs all the time. */
    private static List<String> continuous(YamlNode job) {
        List<String> findings = new ArrayList<>();
        for (YamlNode task : Bundle.items(job, "tasks")) {
            for (String key : List.of("depends_on", "max_retries", "min_retry_interval_millis")) {
                if (Bundle.find(task, key).isPresent()) {
                    findings.add(task.location() + ": a task of a continuous job has no " + key + ".");
                }
            }
        }
        return findings;
    }

    private static List<String> schedule(BundleTarget target, YamlNode schedule, String expression) {
        List<String> findings = new ArrayList<>();
        String cron = target.text(schedule, expression);
        String[] field = cron.trim().split("\\s+", -1);
        if (field.length != 6 && field.length != 7) {
            findings.add(schedule.location() + ": the cron expression '" + cron + "' has " + field.length
                    + " fields; Quartz wants second, minute, hour, day of month, month, day of week, perhaps a year.");
        } else if ("?".equals(field[3]) == "?".equals(field[5])) {
            findings.add(schedule.location() + ": of day of month and day of week in '" + cron + "' one must be '?'.");
        }
        String zone = target.text(schedule, "timezone_id");
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            findings.add(schedule.location() + ": there is no time zone '" + zone + "'.");
        }
        return findings;
    }

    private static List<String> files(BundleTarget target, YamlNode files) {
        List<String> findings = new ArrayList<>();
        for (String wait : List.of("min_time_between_triggers_seconds", "wait_after_last_change_seconds")) {
            String seconds = target.text(files, wait);
            if (!seconds.isEmpty() && (!seconds.matches("[0-9]{1,9}") || Integer.parseInt(seconds) < SHORTEST_WAIT)) {
                findings.add(files.location() + ": " + wait + " is " + seconds + ", and must be " + SHORTEST_WAIT
                        + " at least.");
            }
        }
        String url = target.text(files, "url");
        if (!url.endsWith("/")) {
            findings.add(files.location() + ": the url '" + url + "' is that of a folder, and ends with a slash.");
        }
        return findings;
    }
}
