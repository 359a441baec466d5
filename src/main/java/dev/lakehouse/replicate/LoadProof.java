package dev.lakehouse.replicate;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a load has proven, as the ledger keeps it: a target and its quarantine at their versions then, by the rules of the load.
 *
 * @param quarantineVersion -1 if there was no quarantine table
 * @param rules {@link LoadRules#fingerprint()}
 */
record LoadProof(long targetVersion, long quarantineVersion, long rules) {
    private static final long NO_TABLE = -1;

    /** Of a load that succeeded; empty for loads of earlier versions, which did not keep it. */
    static Optional<LoadProof> of(Result load) {
        Map<Measure, Long> measures = load.measures();
        return measures.containsKey(Measure.TARGET_VERSION) && measures.containsKey(Measure.RULES)
                ? Optional.of(new LoadProof(
                        measures.get(Measure.TARGET_VERSION),
                        measures.getOrDefault(Measure.QUARANTINE_VERSION, NO_TABLE),
                        measures.get(Measure.RULES)))
                : Optional.empty();
    }

    /** Of tables as they are now. */
    static LoadProof now(TargetTable target, TargetTable quarantine, LoadRules rules) {
        return new LoadProof(
                target.version(), quarantine.exists() ? quarantine.version() : NO_TABLE, rules.fingerprint());
    }

    /**
     * The same proof of a target and its quarantine as they are now, if both still have the rows and columns that they had;
     * empty if others have changed one of them.
     */
    Optional<LoadProof> stillValid(TargetTable target) {
        OptionalLong ofTarget = target.versionIfUnchangedSince(targetVersion);
        TargetTable quarantine = target.quarantine();
        OptionalLong ofQuarantine = quarantine.exists()
                ? quarantine.versionIfUnchangedSince(quarantineVersion)
                : quarantineVersion == NO_TABLE ? OptionalLong.of(NO_TABLE) : OptionalLong.empty(); // dropped since
        return ofTarget.isPresent() && ofQuarantine.isPresent()
                ? Optional.of(new LoadProof(ofTarget.getAsLong(), ofQuarantine.getAsLong(), rules))
                : Optional.empty();
    }

    /** Adds it to the ledger's row of a load. */
    Result in(Result load) {
        Result result = load.count(Measure.TARGET_VERSION, targetVersion).count(Measure.RULES, rules);
        return quarantineVersion == NO_TABLE ? result : result.count(Measure.QUARANTINE_VERSION, quarantineVersion);
    }
}
