package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartInWordsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "0 30 2 * * ? > every day at 02:30",
                "0 15 * * * ? > every hour at minute 15",
                "0 0 6 ? * MON-FRI > every MON-FRI at 06:00",
                "0 0 6 ? * MON,THU > every MON,THU at 06:00",
                "0 0 6 1 * ? > every month on day 1 at 06:00",
                "0 0 6 ? * 2-6 > by cron 0 0 6 ? * 2-6",
                "0 0 6 L * ? > by cron 0 0 6 L * ?",
                "0 0/10 * * * ? > by cron 0 0/10 * * * ?",
                "0 0 6 1 1 ? > by cron 0 0 6 1 1 ?",
                "0 0 6 * * ? 2030 > by cron 0 0 6 * * ? 2030",
                "${var.cron} > by cron ${var.cron}",
            })
    void aCronExpressionIsSaidInWordsWhereTheyAreSure(String cron, String expected) {
        assertThat(CronInWords.of(cron)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "'' > by hand",
                "schedule: ${var.schedule} > by cron ? (?)",
                "'schedule: {quartz_cron_expression: \"0 0 1 * * ?\", timezone_id: UTC}' > every day at 01:00 (UTC)",
                "'trigger: {periodic: {interval: 4, unit: HOURS}}' > every 4 hours",
                "'trigger: {file_arrival: {url: /Volumes/x/}, pause_status: PAUSED}' > when files arrive in /Volumes/x/, paused",
                "'trigger: {table_update: {table_names: [a.b.c, d.e.f]}}' > when tables change: a.b.c, d.e.f",
                "'trigger: {moon: full}' > by a trigger",
                "'continuous: {pause_status: UNPAUSED}' > all the time",
            })
    void whatStartsAWorkflowIsSaidInWords(String setting, String expected) {
        String tasks = "\ntasks: [{task_key: a, spark_jar_task: {main_class_name: a.B}}]";

        assertThat(TestWorkflows.read(directory, "a", setting + tasks).get(0).starts())
                .isEqualTo(expected);
    }
}
