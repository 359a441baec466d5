package dev.lakehouse.remote;

import com.databricks.sdk.service.jobs.ListJobsRequest;
import com.databricks.sdk.service.workspace.ExportFormat;
import com.databricks.sdk.service.workspace.ExportRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.UserError;
import java.io.IOException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The jobs of a bundle in a workspace, of all targets or of one. Jobs of other developers' development targets are
 * found only by their full name.
 */
record DeployedJobs(Workspace workspace, String bundle, Optional<String> target, List<DeployedJob> all) {
    private static final long PAGE = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    static DeployedJobs of(Workspace workspace, String bundle, Optional<String> target) {
        List<DeployedJob> all = workspace
                .list("list its jobs", client -> client.jobs()
                        .list(new ListJobsRequest().setLimit(PAGE).setExpandTasks(false)))
                .stream()
                .flatMap(job -> DeployedJob.of(job).stream())
                .filter(deployed -> deployed.bundle().equals(bundle))
                .filter(deployed -> target.isEmpty() || target.get().equals(deployed.target()))
                .sorted(Comparator.comparing(DeployedJob::target).thenComparing(DeployedJob::name))
                .toList();
        return new DeployedJobs(workspace, bundle, target, all);
    }

    /** The jobs that can be named without a prefix. */
    List<DeployedJob> own() {
        String prefix = workspace.developmentPrefix();
        return all.stream()
                .filter(job -> !DeployedJob.isOfAnotherDeveloper(job.name(), prefix))
                .toList();
    }

    /** The job of a name with or without the target's prefix, or of a key in the bundle's files. */
    DeployedJob find(String workflow) {
        List<DeployedJob> whole = matching(all, job -> job.name().equals(workflow));
        if (whole.size() == 1) {
            return whole.get(0);
        }
        List<DeployedJob> own = own();
        List<DeployedJob> found =
                matching(own, job -> DeployedJob.plain(job.name()).equals(workflow));
        if (found.isEmpty()) {
            found = ofKey(own, workflow);
        }
        return switch (found.size()) {
            case 0 -> throw missing(workflow, own);
            case 1 -> found.get(0);
            default -> throw ambiguous(workflow, found);
        };
    }

    private static List<DeployedJob> matching(List<DeployedJob> jobs, Predicate<DeployedJob> wanted) {
        return jobs.stream().filter(wanted).toList();
    }

    private List<DeployedJob> ofKey(List<DeployedJob> jobs, String key) {
        Map<String, Long> ids = new HashMap<>();
        return jobs.stream()
                .filter(job -> ids.computeIfAbsent(job.notes(), notes -> id(notes, key)) == job.id())
                .toList();
    }

    /** The id of the job of a key from the deployment's metadata; 0 if there is none. */
    private long id(String notes, String key) {
        return workspace
                .find("read the metadata of the deployment", client -> client.workspace()
                        .export(new ExportRequest().setPath(notes).setFormat(ExportFormat.AUTO))
                        .getContent())
                .map(content -> parsed(content)
                        .path("config")
                        .path("resources")
                        .path("jobs")
                        .path(key)
                        .path("id")
                        .asLong())
                .orElse(0L);
    }

    private static JsonNode parsed(String content) {
        try {
            return JSON.readTree(Base64.getDecoder().decode(content));
        } catch (IOException | IllegalArgumentException e) {
            return JSON.missingNode(); // written by another version of the CLI
        }
    }

    private UserError missing(String workflow, List<DeployedJob> own) {
        String there = own.isEmpty()
                ? "No job of the bundle " + bundle + where() + " is deployed there, or you may not see it."
                : "The deployed jobs are " + names(own) + ".";
        return new UserError(
                "There is no job '" + workflow + "' in the workspace " + workspace.host() + ".",
                there,
                own.isEmpty()
                        ? "Deploy it with 'databricks bundle deploy --target " + target.orElse("TARGET")
                                + "', or give another workspace with --profile."
                        : "Name one of these.");
    }

    private UserError ambiguous(String workflow, List<DeployedJob> found) {
        return new UserError(
                "More than one job is named '" + workflow + "'.",
                found.stream()
                                .map(job -> "'" + HostileText.line(job.name()) + "' of the target " + job.target())
                                .collect(Collectors.joining(", "))
                        + ".",
                "Give the target with --target, or the full name in quotes.");
    }

    private String where() {
        return target.map(name -> " and of the target " + name).orElse("");
    }

    private static String names(List<DeployedJob> jobs) {
        return jobs.stream()
                .map(job -> HostileText.line(DeployedJob.plain(job.name())))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
