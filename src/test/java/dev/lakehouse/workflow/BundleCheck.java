package dev.lakehouse.workflow;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must hold in the bundle's files and the Databricks CLI does not check (what it checks, {@code RefusedBundleTest}
 * shows). Each check says what is wrong, in sentences that name the file and the place.
 */
enum BundleCheck {
    /** Every file is included. */
    FILES("databricks.yml", ""),
    /** What the local runner checks before it starts anything, with the values of local.yml. */
    RUNS_HERE("local.yml|workflows/.*", ""),
    /** Main classes are in the jar that is deployed and accept the parameters of each target. */
    JAR("workflows/.*", "main_class_name:"),
    /** Variables are explained and used. */
    VARIABLES("databricks.yml|local.yml", ""),
    /** What a run fills in stands where it is filled in. */
    REFERENCES("databricks.yml|workflows/.*", ""),
    /** No task waits for a value that tasks of a deployed jar cannot give. */
    TASK_VALUES("workflows/.*", ""),
    /** Every task has something to run on, with the jar where it needs one. */
    COMPUTE("workflows/.*", ""),
    /** Schedules and triggers say what a person means by them. */
    STARTS("workflows/.*|resources/alerts.yml", "schedule:|trigger:"),
    /** Schemas have the names by which tasks call them, and each target has its own. */
    NAMES("databricks.yml", ""),
    /** Nobody else can read the secrets or change what runs. */
    ACCESS("databricks.yml", "");

    private final String files;
    private final String content;

    /**
     * A check.
     *
     * @param files pattern of the paths of the files that it looks at
     * @param content pattern of what they hold where it has anything to say
     */
    BundleCheck(String files, String content) {
        this.files = files;
        this.content = content;
    }

    List<String> findings(Bundle bundle) {
        return switch (this) {
            case FILES -> BundleFiles.findings(bundle);
            case RUNS_HERE -> BundleRunsHere.findings(bundle);
            case JAR -> BundleJar.findings(bundle);
            case VARIABLES -> BundleVariables.findings(bundle);
            case REFERENCES -> BundleReferences.findings(bundle);
            case TASK_VALUES -> BundleReferences.taskValues(bundle);
            case COMPUTE -> BundleCompute.findings(bundle);
            case STARTS -> BundleStarts.findings(bundle);
            case NAMES -> BundleAccess.names(bundle);
            case ACCESS -> BundleAccess.findings(bundle);
        };
    }

    /** The files in which something can be wrong that this check finds. */
    List<String> concerned(Bundle bundle) {
        return Stream.concat(Stream.of(Bundle.MAIN, Bundle.LOCAL), bundle.parts().keySet().stream())
                .filter(path -> path.matches(files))
                .filter(path -> Pattern.compile(content)
                        .matcher(BundleFiles.text(bundle.root().resolve(path)))
                        .find())
                .collect(Collectors.toList());
    }
}
