package dev.lakehouse.remote;

import com.databricks.sdk.service.jobs.BaseJob;
import com.databricks.sdk.service.jobs.JobDeployment;
import com.databricks.sdk.service.jobs.JobSettings;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job that a bundle deployed to a workspace.
 *
 * @param name its name with the target's prefix, such as {@code [dev ann] members_load}
 * @param notes the workspace file with the metadata of the deployment
 */
record DeployedJob(long id, String name, String bundle, String target, String notes) {
    /** The metadata of a deployment is below a folder named after bundle and target. */
    private static final Pattern NOTES =
            Pattern.compile(".*/(?<bundle>[^/]+)/(?<target>[^/]+)/state/metadata\\.json", Pattern.DOTALL);

    /** A target's prefix of names. */
    private static final Pattern PREFIX = Pattern.compile("^\\[[^]]*] ");

    private static final String DEVELOPMENT = "[dev ";

    /** The job, if a bundle deployed it. */
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

    /** A name without the target's prefix. */
    static String plain(String name) {
        return PREFIX.matcher(name).replaceFirst("");
    }

    /** Whether a name is from another developer's development target. */
    static boolean isOfAnotherDeveloper(String name, String ownPrefix) {
        return name.startsWith(DEVELOPMENT) && !name.startsWith(ownPrefix);
    }
}
