package dev.lakehouse.ingest;

import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.FileStore.Creation;
import dev.lakehouse.storage.StoredFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * Where the extracts of one table lie:
 *
 * <pre>
 * LANDING/TABLE/extract=000042/…      the files of an extract
 * LANDING/TABLE/_manifests/000042.json   its manifest; without one an extract does not exist
 * LANDING/TABLE/_claims/000042         taken by the task that writes it
 * </pre>
 */
final class Landing {
    private final String root;
    private final FileStore files;

    private Landing(String root) {
        this.root = root;
        this.files = FileStore.of(root);
    }

    /** The landing of a table below a location. */
    static Landing of(String location, String table) {
        return new Landing(location.replaceFirst("/+$", "") + "/" + table);
    }

    /**
     * Claims the next extract number: 1, 2, 3 …; of several tasks at once each gets its own.
     *
     * @param claimant what stands in the claim
     */
    long claim(String claimant) {
        long number = LongStream.concat(numbers("_claims"), numbers("_manifests"))
                        .max()
                        .orElse(0)
                + 1;
        while (files.create(root + "/_claims/" + digits(number), claimant.getBytes(StandardCharsets.UTF_8))
                == Creation.TAKEN) {
            number++;
        }
        return number;
    }

    String directory(long extract) {
        return root + "/extract=" + digits(extract);
    }

    /** A file's path below an extract's directory, whatever the form of its whole location. */
    static String pathBelow(String directory, String location) {
        String folder = "/" + directory.replaceFirst(".*/", "") + "/";
        return location.substring(location.lastIndexOf(folder) + folder.length());
    }

    /** A place for what an extract needs only while it is made. */
    String scratch(long extract) {
        return root + "/_scratch/" + digits(extract);
    }

    String manifestLocation(long extract) {
        return root + "/_manifests/" + digits(extract) + ".json";
    }

    void publish(Manifest manifest) {
        String location = manifestLocation(manifest.extract());
        if (files.create(location, manifest.toJson()) == Creation.TAKEN) {
            throw new IllegalStateException("Somebody else wrote " + location + ", a number that was claimed here");
        }
    }

    /** Where everything of the table lies. */
    String root() {
        return root;
    }

    /** The numbers of the extracts that have a manifest, in their order. */
    List<Long> published() {
        return numbers("_manifests").sorted().boxed().toList();
    }

    /** The highest number of an extract that has a manifest. */
    OptionalLong newest() {
        return numbers("_manifests").max();
    }

    /** The numbers that were ever claimed, also those of extracts that were never finished. */
    List<Long> claimed() {
        return numbers("_claims").sorted().boxed().toList();
    }

    /** Reads a manifest; one that cannot be used is a {@link dev.lakehouse.UserError}. */
    Manifest manifest(long extract) {
        String location = manifestLocation(extract);
        return Manifest.parse(files.text(location), location);
    }

    /** Removes an extract; first its manifest, so that no reader finds one without its files. */
    void remove(long extract) {
        files.delete(manifestLocation(extract));
        files.delete(directory(extract));
        files.delete(root + "/_claims/" + digits(extract));
    }

    FileStore files() {
        return files;
    }

    private LongStream numbers(String folder) {
        return files.files(root + "/" + folder).stream()
                .map(StoredFile::name)
                .filter(name -> name.matches("\\d+(\\.json)?"))
                .mapToLong(name -> Long.parseLong(name.replace(".json", "")));
    }

    private static String digits(long extract) {
        return String.format(Locale.ROOT, "%06d", extract);
    }
}
