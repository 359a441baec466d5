package dev.lakehouse.extract;

import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.StoredFile;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * The folders of the extracts of one table.
 *
 * @param extracts contains {@code extract=000042}, the files of an extract
 * @param manifests contains {@code 000042.json}, the manifest of an extract, and {@code 000042-confirmed-…}
 * @param claims contains {@code 000042}, created by the task that writes the extract
 */
record ExtractFolders(String extracts, String manifests, String claims) {
    private static final String CONFIRMED = "-confirmed-";

    String directory(long extract) {
        return extracts + "/extract=" + digits(extract);
    }

    String manifest(long extract) {
        return manifests + "/" + digits(extract) + ".json";
    }

    /** A file that records when an extract was found to be still equal to its table. */
    String confirmation(long extract, Instant at) {
        return manifests + "/" + digits(extract) + CONFIRMED + at.toEpochMilli();
    }

    /** The instant in the name of such a file, which another extract may delete meanwhile. */
    static Instant confirmedAt(StoredFile confirmation) {
        return Instant.ofEpochMilli(Long.parseLong(confirmation.name().replaceFirst(".*" + CONFIRMED, "")));
    }

    /** The files of this kind. */
    List<StoredFile> confirmations(long extract) {
        return files().files(manifests).stream()
                .filter(file -> file.name().matches(digits(extract) + CONFIRMED + "\\d{1,15}"))
                .toList();
    }

    String claim(long extract) {
        return claims + "/" + digits(extract);
    }

    /** The numbers of the extracts that have a manifest. */
    LongStream published() {
        return numbers(manifests);
    }

    /** All claimed numbers, including those of unfinished extracts. */
    LongStream claimed() {
        return numbers(claims);
    }

    /** Removes an extract. The manifest is removed first, so that no reader finds a manifest without files. */
    void remove(long extract) {
        List<StoredFile> confirmations = confirmations(extract);
        files().delete(manifest(extract));
        confirmations.forEach(file -> files().delete(file.location()));
        files().delete(directory(extract));
        files().delete(claim(extract));
    }

    FileStore files() {
        return FileStore.of(extracts);
    }

    static String digits(long extract) {
        return String.format(Locale.ROOT, "%06d", extract);
    }

    private LongStream numbers(String folder) {
        return files().files(folder).stream()
                .map(StoredFile::name)
                .filter(name -> name.matches("\\d{1,18}(\\.json)?"))
                .mapToLong(name -> Long.parseLong(name.replace(".json", "")));
    }
}
