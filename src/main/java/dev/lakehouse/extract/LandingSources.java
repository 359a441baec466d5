package dev.lakehouse.extract;

import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.Location;
import dev.lakehouse.storage.PathSegment;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sources that have extracts of a table in a landing.
 *
 * @param names their names, in order
 */
record LandingSources(Set<String> names) {

    /** Finds the sources with one listing per folder of the landing. */
    static LandingSources of(String location, String table) {
        String root = Location.folder(location);
        Set<String> names = new TreeSet<>();
        EarlierExtracts earlier = EarlierExtracts.of(root, table);
        Set<SourceIdentity> unclaimed = new HashSet<>(earlier.origins().toList());
        for (String folder : FileStore.of(root).directories(root)) {
            PathSegment.name(folder)
                    .map(source -> Landing.of(root, source, table))
                    .ifPresent(landing -> {
                        if (landing.hasOwn()) {
                            names.add(landing.source());
                            unclaimed.removeIf(landing::isOurs);
                        }
                    });
        }
        unclaimed.forEach(origin -> names.add(origin.database()));
        if (names.isEmpty()) {
            earlier.refuseUnreadable();
        }
        return new LandingSources(names);
    }
}
