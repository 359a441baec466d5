package dev.lakehouse.remote;

import com.databricks.sdk.service.jobs.BaseJob;
import com.databricks.sdk.service.jobs.JobDeployment;
import com.databricks.sdk.service.jobs.JobSettings;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job that a bundle made in a workspace.
 *
 * @param name its name there, with what its target puts before it: {@code [dev ann] members_load}
 * @param notes the file in the workspace in which the deployment keeps what it made
 */
record DeployedJob(long id, String name, String bundle, String target, String notes) {
    /** Where the notes of a deployment lie: below a folder named by bundle and target. */
    private static final Pattern NOTES =
            Pattern.compile(".*/(?<bundle>[^/]+)/(?<target>[^/]+)/state/metadata\\.json", Pattern.DOTALL);

    /** What a target puts before names. */
    private static final Pattern PREFIX = Pattern.compile("^\\[[^]]*] ");

    private static final String DEVELOPMENT = "[dev ";

    /** The job, if a bundle made it. */
    static Optional<DeployedJob> of(BaseJob job) {
        String notes = Optional.ofNullable(job.getSettings())
                .map(JobSettings::getDeployment)
                .map(JobDeployment::getMetadataFilePath)
                .orElse("");
        Matcher path = NOTES.matcher(notes);
        return path.matches()
                ? Optional.of(new DeployedJob(
                        job.getJobId(),
                        String.valueOf(job.getSettings().getName()),
                        path.group("bundle"),
                        path.group("target"),
                        notes))
                : Optional.empty();
    }

    /** A name without what a target puts before it. */
    static String plain(String name) {
        return PREFIX.matcher(name).replaceFirst("");
    }

    /** Whether a name is of something that another developer deployed for development. */
    static boolean isOfAnotherDeveloper(String name, String ownPrefix) {
        return name.startsWith(DEVELOPMENT) && !name.startsWith(ownPrefix);
    }
}
