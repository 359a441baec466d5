package dev.lakehouse.workflow;

import java.util.List;

/**
 * What must hold in the bundle's files and the Databricks CLI does not check (what it checks, {@code RefusedBundleTest}
 * shows). Each check says what is wrong, in sentences that name the file and the place.
 */
enum BundleCheck {
    /** What the local runner checks before it starts anything, with the values of local.yml. */
    RUNS_HERE,
    /** Main classes are in the jar that is deployed and accept the parameters of each target. */
    JAR,
    /** Variables are explained and used. */
    VARIABLES,
    /** What a run fills in stands where it is filled in. */
    REFERENCES,
    /** Every task has something to run on, with the jar where it needs one. */
    COMPUTE,
    /** Schedules and triggers say what a person means by them. */
    STARTS,
    /** Schemas have the names by which tasks call them, and each target has its own. */
    NAMES,
    /** Nobody else can read the secrets. */
    ACCESS;

    List<String> findings(Bundle bundle) {
        return switch (this) {
            case RUNS_HERE -> BundleRunsHere.findings(bundle);
            case JAR -> BundleJar.findings(bundle);
            case VARIABLES -> BundleVariables.findings(bundle);
            case REFERENCES -> BundleReferences.findings(bundle);
            case COMPUTE -> BundleCompute.findings(bundle);
            case STARTS -> BundleStarts.findings(bundle);
            case NAMES -> BundleAccess.names(bundle);
            case ACCESS -> BundleAccess.findings(bundle);
        };
    }
}
