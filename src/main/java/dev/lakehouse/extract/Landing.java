package dev.lakehouse.extract;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.FileStore.Creation;
import dev.lakehouse.storage.Location;
import dev.lakehouse.storage.PathSegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Where the extracts of one table of one source lie. Source and table stand in paths as {@link PathSegment}s:
 *
 * <pre>
 * LANDING/SOURCE/TABLE/extract=000042/…          the files of an extract
 * LANDING/SOURCE/_manifests/TABLE/000042.json    its manifest; without one an extract does not exist
 * LANDING/SOURCE/_claims/TABLE/000042            taken by the task that writes it
 * LANDING/SOURCE/_scratch/TABLE/000042/…         what is needed while it is made or loaded
 * </pre>
 *
 * <p>{@link EarlierExtracts} of the source count as well.
 */
public final class Landing {
    private final String location;
    private final String source;
    private final String table;
    private final ExtractFolders folders;
    private Optional<SourceIdentity> server;
    private EarlierExtracts earlier;

    private Landing(String location, String source, String table, Optional<SourceIdentity> server) {
        this.location = Location.folder(location);
        this.source = source;
        this.table = table;
        this.server = server;
        this.folders = new ExtractFolders(of(""), of("_manifests/"), of("_claims/"));
    }

    /** The landing of a table of a source, below a location. */
    public static Landing of(String location, String source, String table) {
        return new Landing(location, source, table, Optional.empty());
    }

    /**
     * The same, where the source's server is known.
     *
     * @param server whose earlier extracts are the source's
     */
    static Landing of(String location, String source, String table, SourceIdentity server) {
        return new Landing(location, source, table, Optional.of(server));
    }

    /** The table's folder for one purpose. */
    private String of(String purpose) {
        return location + "/" + PathSegment.of(source) + "/" + purpose + PathSegment.of(table);
    }

    public String source() {
        return source;
    }

    public String table() {
        return table;
    }

    /**
     * Claims the next extract number: 1, 2, 3 …; of several tasks at once each gets its own. Earlier extracts of any source
     * come before it, so that a table that was loaded from one of them takes the new one for newer.
     *
     * @param claimant what stands in the claim
     */
    long claim(String claimant) {
        long taken =
                LongStream.concat(folders.claimed(), folders.published()).max().orElse(0);
        long number = Math.max(taken, earlier().highest().orElse(0)) + 1;
        while (files().create(folders.claim(number), claimant.getBytes(StandardCharsets.UTF_8)) == Creation.TAKEN) {
            number++;
        }
        return number;
    }

    String directory(long extract) {
        return isEarlier(extract) ? earlier().folders().directory(extract) : folders.directory(extract);
    }

    /** A file's path below an extract's directory, whatever the form of its whole location. */
    static String pathBelow(String directory, String location) {
        String folder = "/" + directory.replaceFirst(".*/", "") + "/";
        return location.substring(location.lastIndexOf(folder) + folder.length());
    }

    /** A place for what an extract needs only while it is made. */
    public String scratch(long extract) {
        return of("_scratch/") + "/" + ExtractFolders.digits(extract);
    }

    void publish(Manifest manifest) {
        String manifestLocation = folders.manifest(manifest.extract());
        if (files().create(manifestLocation, manifest.toJson()) == Creation.TAKEN) {
            throw new IllegalStateException(
                    "Somebody else wrote " + manifestLocation + ", a number that was claimed here");
        }
    }

    /** Where the extracts lie. */
    String root() {
        return folders.extracts();
    }

    /** Whether the source has a manifest in its own folder. */
    boolean hasOwn() {
        return folders.published().findAny().isPresent();
    }

    /** The numbers of the extracts that have a manifest, in their order. */
    public List<Long> published() {
        return LongStream.concat(folders.published(), earlier().published(this::isOurs))
                .sorted()
                .distinct()
                .boxed()
                .toList();
    }

    /** The highest number of an extract that has a manifest. */
    public OptionalLong newest() {
        return published().stream().mapToLong(Long::longValue).max();
    }

    /** The numbers that were ever claimed, also those of extracts that were never finished. */
    public List<Long> claimed() {
        return LongStream.concat(folders.claimed(), earlier().claimed(this::isOurs))
                .sorted()
                .distinct()
                .boxed()
                .toList();
    }

    /** Reads a manifest; one that cannot be used is a {@link UserError}. */
    public Manifest manifest(long extract) {
        return isEarlier(extract) ? earlier().manifest(extract) : own(extract);
    }

    private Manifest own(long extract) {
        String manifestLocation = folders.manifest(extract);
        Manifest manifest = Manifest.parse(files().text(manifestLocation), manifestLocation);
        checkName(manifest, manifestLocation);
        return manifest;
    }

    /** The manifest of the newest extract that has one that can be read: a damaged one is replaced by a new extract. */
    Optional<Manifest> newestReadable() {
        return newestReadable(published(), this::manifest);
    }

    private static Optional<Manifest> newestReadable(List<Long> numbers, LongFunction<Manifest> reader) {
        for (int i = numbers.size() - 1; i >= 0; i--) {
            try {
                return Optional.of(reader.apply(numbers.get(i)));
            } catch (Manifest.Unreadable e) {
                // The one before it says as much of the source.
            }
        }
        return Optional.empty();
    }

    /** Some file systems take names that differ by case alone for one. */
    private void checkName(Manifest manifest, String manifestLocation) {
        if (!manifest.source().equals(source) || !manifest.table().equals(table)) {
            throw new UserError(
                    "The manifest " + manifestLocation + " is one of table '" + manifest.table() + "' of source '"
                            + manifest.source() + "', not of '" + table + "' of '" + source + "'.",
                    "This storage does not tell upper and lower case apart, or the file was moved here.",
                    "Give this source another name (--source) or another landing (--landing).");
        }
    }

    /** Where an earlier extract comes from, if that is known to be another source. */
    public Optional<SourceIdentity> foreignOrigin(long extract) {
        return earlier().origin(extract).filter(origin -> !isOurs(origin) && server().isPresent());
    }

    /** Removes an extract and what was left behind while it was made or loaded. */
    public void remove(long extract) {
        folders.remove(extract);
        if (earlier().claimed(this::isOurs).anyMatch(number -> number == extract)) {
            earlier().folders().remove(extract);
        }
        files().delete(scratch(extract));
    }

    FileStore files() {
        return folders.files();
    }

    private boolean isEarlier(long extract) {
        return earlier().published(this::isOurs).anyMatch(number -> number == extract)
                && !files().exists(folders.manifest(extract));
    }

    private EarlierExtracts earlier() {
        if (earlier == null) {
            earlier = EarlierExtracts.of(location, table);
        }
        return earlier;
    }

    /**
     * Whether an earlier extract is of this source. Where the source is called like the database, the database decides.
     * With a name of its own there may be several databases of that name: then host and port decide as well.
     */
    boolean isOurs(SourceIdentity origin) {
        return source.equals(origin.database())
                || server().filter(origin::hasAddressOf).isPresent();
    }

    /** The source's server, as far as it is known: by its address, or by the newest extract. */
    private Optional<SourceIdentity> server() {
        if (server.isEmpty()) {
            List<Long> numbers = folders.published().sorted().boxed().toList();
            server = newestReadable(numbers, this::own).map(Manifest::origin);
        }
        return server;
    }
}
