package dev.lakehouse.extract;

import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.storage.PathSegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Extracts in the layout of earlier versions: sources with tables of the same name shared a folder.
 * {@code LANDING/TABLE/extract=000042}, {@code LANDING/TABLE/_manifests/000042.json},
 * {@code LANDING/TABLE/_claims/000042}. They are read and eventually removed, but never written.
 */
final class EarlierExtracts {
    private final ExtractFolders folders;
    private final Map<Long, Optional<SourceIdentity>> origins = new TreeMap<>();

    private EarlierExtracts(ExtractFolders folders) {
        this.folders = folders;
    }

    static EarlierExtracts of(String location, String table) {
        // A name that leads out of the landing has no earlier extracts. Its encoded form is a folder without extracts.
        String root = location + "/" + (isBelow(table) ? table : PathSegment.of(table));
        EarlierExtracts earlier =
                new EarlierExtracts(new ExtractFolders(root, root + "/_manifests", root + "/_claims"));
        earlier.read(table);
        return earlier;
    }

    /** The earlier layout did not encode the name. */
    private static boolean isBelow(String table) {
        return Arrays.stream(table.split("/", -1)).noneMatch(part -> part.matches("\\.{0,2}"));
    }

    private void read(String table) {
        folders.published().forEach(extract -> {
            Optional<Manifest> manifest = readable(extract);
            if (manifest.isEmpty() || manifest.get().table().equals(table)) {
                origins.put(extract, manifest.map(Manifest::origin));
            }
        });
    }

    private Optional<Manifest> readable(long extract) {
        try {
            return Optional.of(manifest(extract));
        } catch (Manifest.Unreadable e) {
            return Optional.empty();
        }
    }

    Manifest manifest(long extract) {
        String location = folders.manifest(extract);
        return Manifest.parse(folders.files().text(location), location);
    }

    /** If there are extracts but the source of none is known, throws the error of the newest. */
    void refuseUnreadable() {
        if (!origins.isEmpty() && origins().findAny().isEmpty()) {
            manifest(Collections.max(origins.keySet()));
        }
    }

    ExtractFolders folders() {
        return folders;
    }

    /** The sources of the extracts that have a readable manifest. */
    Stream<SourceIdentity> origins() {
        return origins.values().stream().flatMap(Optional::stream);
    }

    /** The source of an extract; empty if there is no extract of that number or its manifest cannot be read. */
    Optional<SourceIdentity> origin(long extract) {
        return origins.getOrDefault(extract, Optional.empty());
    }

    /**
     * The numbers of the extracts of one source. Extracts with an unreadable manifest are included, so that the load
     * reports them instead of skipping them.
     */
    LongStream published(Predicate<SourceIdentity> isOfSource) {
        return origins.entrySet().stream()
                .filter(extract -> extract.getValue().map(isOfSource::test).orElse(true))
                .mapToLong(Map.Entry::getKey);
    }

    /** The numbers of one source's extracts. Unfinished extracts are included if no other source has extracts here. */
    LongStream claimed(Predicate<SourceIdentity> isOfSource) {
        List<Long> finished = folders.published().boxed().toList();
        boolean alone = origins.size() == finished.size() && origins().allMatch(isOfSource);
        return LongStream.concat(
                published(isOfSource), folders.claimed().filter(number -> alone && !finished.contains(number)));
    }

    /** The highest number that any source has claimed. */
    OptionalLong highest() {
        return LongStream.concat(folders.claimed(), folders.published()).max();
    }
}
