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
 * Extracts as earlier versions laid them out, in a folder that all sources with a table of that name shared:
 * {@code LANDING/TABLE/extract=000042}, {@code LANDING/TABLE/_manifests/000042.json}, {@code LANDING/TABLE/_claims/000042}.
 * They are read and in time removed, never written.
 */
final class EarlierExtracts {
    private final ExtractFolders folders;
    private final Map<Long, Optional<SourceIdentity>> origins = new TreeMap<>();

    private EarlierExtracts(ExtractFolders folders) {
        this.folders = folders;
    }

    static EarlierExtracts of(String location, String table) {
        // A name that leads out of the landing has no earlier extracts; its encoded form is a folder without any.
        String root = location + "/" + (isBelow(table) ? table : PathSegment.of(table));
        EarlierExtracts earlier =
                new EarlierExtracts(new ExtractFolders(root, root + "/_manifests", root + "/_claims"));
        earlier.read(table);
        return earlier;
    }

    /** Here the name was the path. */
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

    /** Where extracts are, but not one whose source is known: the error of the newest. */
    void refuseUnreadable() {
        if (!origins.isEmpty() && origins().findAny().isEmpty()) {
            manifest(Collections.max(origins.keySet()));
        }
    }

    ExtractFolders folders() {
        return folders;
    }

    /** Where the extracts come from that have a readable manifest. */
    Stream<SourceIdentity> origins() {
        return origins.values().stream().flatMap(Optional::stream);
    }

    /** Where an extract comes from; empty where there is none of that number, or its manifest cannot be read. */
    Optional<SourceIdentity> origin(long extract) {
        return origins.getOrDefault(extract, Optional.empty());
    }

    /**
     * The numbers of the extracts of one source. A manifest that cannot be read counts too, so that the load names it
     * instead of passing it over.
     */
    LongStream published(Predicate<SourceIdentity> isOfSource) {
        return origins.entrySet().stream()
                .filter(extract -> extract.getValue().map(isOfSource::test).orElse(true))
                .mapToLong(Map.Entry::getKey);
    }

    /** The numbers of one source's extracts, and of those never finished where no other source has extracts here. */
    LongStream claimed(Predicate<SourceIdentity> isOfSource) {
        List<Long> finished = folders.published().boxed().toList();
        boolean alone = origins.size() == finished.size() && origins().allMatch(isOfSource);
        return LongStream.concat(
                published(isOfSource), folders.claimed().filter(number -> alone && !finished.contains(number)));
    }

    /** The highest number that anyone has taken. */
    OptionalLong highest() {
        return LongStream.concat(folders.claimed(), folders.published()).max();
    }
}
