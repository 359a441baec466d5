package dev.lakehouse.extract;

import dev.lakehouse.Sha256;
import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.FileStore.Creation;
import dev.lakehouse.storage.Location;
import dev.lakehouse.storage.PathSegment;
import dev.lakehouse.storage.StoredFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * The location of the extracts of one table of one source. Source and table appear in paths as {@link PathSegment}s:
 *
 * <pre>
 * LANDING/SOURCE/TABLE/extract=000042/…          the files of an extract
 * LANDING/SOURCE/_manifests/TABLE/000042.json    its manifest; without it, the extract does not exist
 * LANDING/SOURCE/_manifests/TABLE/000042-confirmed-…  when the table was last found to be still equal to it
 * LANDING/SOURCE/_claims/TABLE/000042            created by the task that writes it
 * LANDING/SOURCE/_verified/TABLE/000042          of which manifest the rows of its files were verified
 * LANDING/SOURCE/_scratch/TABLE/000042/…         needed only while it is loaded
 * </pre>
 *
 * <p>{@link EarlierExtracts} of the source are included.
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
     * The same if the source's server is known.
     *
     * @param server earlier extracts from this server belong to the source
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
     * Claims the next extract number: 1, 2, 3 …. Concurrent tasks get different numbers. The number is higher than that
     * of all earlier extracts of any source, so that a table that was loaded from one of them treats the new one as
     * newer.
     *
     * @param claimant the content of the claim
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

    /** A file's path below an extract's directory, for any form of its full location. */
    static String pathBelow(String directory, String location) {
        String folder = "/" + directory.replaceFirst(".*/", "") + "/";
        return location.substring(location.lastIndexOf(folder) + folder.length());
    }

    /** A location for data that is needed only while an extract is loaded. */
    public String scratch(long extract) {
        return of("_scratch/") + "/" + ExtractFolders.digits(extract);
    }

    private String verification(long extract) {
        return of("_verified/") + "/" + ExtractFolders.digits(extract);
    }

    /**
     * Whether the rows of an extract's files were read before and found to be those of this manifest. As long as the files have the
     * SHA-256 that the manifest lists, they are.
     */
    boolean isVerified(Manifest manifest) {
        String record = verification(manifest.extract());
        return files().exists(record) && files().text(record).equals(hash(manifest));
    }

    /** Records that they are. */
    void recordVerified(Manifest manifest) {
        files().replace(
                        verification(manifest.extract()),
                        out -> out.write(hash(manifest).getBytes(StandardCharsets.UTF_8)));
    }

    private static String hash(Manifest manifest) {
        return Sha256.hex(new String(manifest.toJson(), StandardCharsets.UTF_8));
    }

    void publish(Manifest manifest) {
        String manifestLocation = folders.manifest(manifest.extract());
        if (files().create(manifestLocation, manifest.toJson()) == Creation.TAKEN) {
            throw new IllegalStateException(
                    "Another writer wrote " + manifestLocation + ", whose number is claimed by this task");
        }
    }

    /**
     * Records that an extract is still equal to the table. It is a new file beside the manifests, so that a load which waits
     * for new files there starts: it validates quarantined rows again, and heals a table that others have changed.
     */
    void confirm(long extract, Instant at) {
        String now = folders.confirmation(extract, at);
        files().create(now, at.toString().getBytes(StandardCharsets.UTF_8));
        folders.confirmations(extract).stream()
                .map(StoredFile::location)
                .filter(file -> !file.endsWith(now.substring(now.lastIndexOf('/'))))
                .forEach(files()::delete);
    }

    /** The latest instant at which an extract is known to be equal to the table. */
    public Instant provenAt(Manifest manifest) {
        return folders.confirmations(manifest.extract()).stream()
                .map(ExtractFolders::confirmedAt)
                .max(Comparator.naturalOrder())
                .orElseGet(() -> Instant.parse(manifest.snapshotAt()));
    }

    /** The location of the extracts. */
    String root() {
        return folders.extracts();
    }

    /** Whether the source has a manifest in its own folder. */
    boolean hasOwn() {
        return folders.published().findAny().isPresent();
    }

    /** The numbers of the extracts that have a manifest, in order. */
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

    /** All claimed numbers, including those of unfinished extracts. */
    public List<Long> claimed() {
        return LongStream.concat(folders.claimed(), earlier().claimed(this::isOurs))
                .sorted()
                .distinct()
                .boxed()
                .toList();
    }

    /** Reads a manifest. Throws a {@link UserError} if it cannot be used. */
    public Manifest manifest(long extract) {
        return isEarlier(extract) ? earlier().manifest(extract) : own(extract);
    }

    private Manifest own(long extract) {
        String manifestLocation = folders.manifest(extract);
        Manifest manifest = Manifest.parse(files().text(manifestLocation), manifestLocation);
        checkName(manifest, manifestLocation);
        return manifest;
    }

    /** The newest manifest that can be read. A damaged manifest is skipped, because its fix is a new extract. */
    Optional<Manifest> newestReadable() {
        return newestReadable(published(), this::manifest);
    }

    private static Optional<Manifest> newestReadable(List<Long> numbers, LongFunction<Manifest> reader) {
        for (int i = numbers.size() - 1; i >= 0; i--) {
            try {
                return Optional.of(reader.apply(numbers.get(i)));
            } catch (Manifest.Unreadable e) {
                // The previous one describes the source as well.
            }
        }
        return Optional.empty();
    }

    /** Some file systems do not distinguish names that differ only by case. */
    private void checkName(Manifest manifest, String manifestLocation) {
        if (!manifest.source().equals(source) || !manifest.table().equals(table)) {
            throw new UserError(
                    "The manifest " + manifestLocation + " belongs to table '" + manifest.table() + "' of source '"
                            + manifest.source() + "', not of '" + table + "' of '" + source + "'.",
                    "This storage does not distinguish upper and lower case, or the file was moved here.",
                    "Give this source another name (--source) or another landing (--landing).");
        }
    }

    /** The source of an earlier extract, if it is known to be another source. */
    public Optional<SourceIdentity> foreignOrigin(long extract) {
        return earlier().origin(extract).filter(origin -> !isOurs(origin) && server().isPresent());
    }

    /** Removes an extract and its temporary data. */
    public void remove(long extract) {
        folders.remove(extract);
        if (earlier().claimed(this::isOurs).anyMatch(number -> number == extract)) {
            earlier().folders().remove(extract);
        }
        files().delete(scratch(extract));
        files().delete(verification(extract));
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
     * Whether an earlier extract is from this source. If the source has the name of its database, the databases are
     * compared. Otherwise several servers may have a database of that name, so host and port are compared as well.
     */
    boolean isOurs(SourceIdentity origin) {
        return source.equals(origin.database())
                || server().filter(origin::hasAddressOf).isPresent();
    }

    /** The source's server, known from its address or from the newest extract. */
    private Optional<SourceIdentity> server() {
        if (server.isEmpty()) {
            List<Long> numbers = folders.published().sorted().boxed().toList();
            server = newestReadable(numbers, this::own).map(Manifest::origin);
        }
        return server;
    }
}
