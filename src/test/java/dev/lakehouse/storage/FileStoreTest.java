package dev.lakehouse.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.storage.FileStore.Creation;
import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.testing.TestServers;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store does, however its locations are written. */
@ParameterizedClass
@EnumSource
class FileStoreTest {
    @Parameter
    Form form;

    @TempDir
    Path directory;

    private String root;
    private FileStore files;

    /** How a location is written. */
    enum Form {
        PATH,
        FILE_URI,
        FILE_URI_WITH_AUTHORITY,
        S3A,
        S3;

        String root(Path directory) {
            return switch (this) {
                case PATH -> directory.toString();
                case FILE_URI -> "file:" + directory;
                case FILE_URI_WITH_AUTHORITY -> "file://" + directory;
                case S3A -> TestServers.freshPrefix();
                case S3 -> TestServers.freshPrefix().replaceFirst("s3a:", "s3:");
            };
        }
    }

    @BeforeEach
    void open() {
        TestLakehouse.session();
        root = form.root(directory);
        files = FileStore.of(root);
    }

    @Test
    void aReplacedFileHoldsTheNewContentAndNothingLiesBesideIt() {
        files.replace(at("a/report.csv"), out -> out.write("long ago\n".getBytes(UTF_8)));
        files.replace(at("a/report.csv"), out -> out.write("now\n".getBytes(UTF_8)));

        assertThat(files.text(at("a/report.csv"))).isEqualTo("now\n");
        assertThat(files.filesBelow(root)).hasSize(1);
    }

    @Test
    void aReplacementThatFailsLeavesTheFileAsItWas() {
        files.replace(at("a/report.csv"), out -> out.write("before\n".getBytes(UTF_8)));

        assertThatThrownBy(() -> files.replace(at("a/report.csv"), out -> {
                    out.write("half of".getBytes(UTF_8));
                    throw new IOException("the source is gone");
                }))
                .hasRootCauseMessage("the source is gone");

        assertThat(files.text(at("a/report.csv"))).isEqualTo("before\n");
        assertThat(files.filesBelow(root)).hasSize(1);
    }

    @Test
    void whatWasCreatedIsThereWithItsContent() throws IOException {
        assertThat(create("a/b/note", "zwölf\n")).isEqualTo(Creation.CREATED);

        assertThat(files.exists(at("a/b/note"))).isTrue();
        assertThat(files.exists(at("a/b"))).isTrue();
        assertThat(files.text(at("a/b/note"))).isEqualTo("zwölf\n");
        try (InputStream in = files.open(at("a/b/note"))) {
            assertThat(in.readAllBytes()).isEqualTo("zwölf\n".getBytes(UTF_8));
        }
    }

    @Test
    void theEndOfAFileIsReadAloneAndAShortFileIsItsEnd() {
        create("note", "first and last");

        assertThat(files.end(at("note"), 4)).asString(UTF_8).isEqualTo("last");
        assertThat(files.end(at("note"), 100)).asString(UTF_8).isEqualTo("first and last");
        assertThatThrownBy(() -> files.end(at("missing"), 4)).hasCauseInstanceOf(FileNotFoundException.class);
    }

    @Test
    void aSecondCreateFindsTheNameTakenAndChangesNothing() {
        create("note", "first");

        assertThat(create("note", "second")).isEqualTo(Creation.TAKEN);

        assertThat(files.text(at("note"))).isEqualTo("first");
        assertThat(below("")).containsExactly("note");
    }

    @Test
    void anEmptyFileIsAFileAndTakesItsName() {
        assertThat(create("empty", "")).isEqualTo(Creation.CREATED);

        assertThat(files.files(root))
                .singleElement()
                .extracting(StoredFile::size)
                .isEqualTo(0L);
        assertThat(create("empty", "more")).isEqualTo(Creation.TAKEN);
        assertThat(files.text(at("empty"))).isEmpty();
    }

    @Test
    void ofEightWritersExactlyOneCreatesAndItsContentStays() throws Exception {
        for (int round = 0; round < 5; round++) {
            String name = "claim" + round;
            CyclicBarrier together = new CyclicBarrier(8);
            List<Callable<Creation>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String content = "writer " + i;
                writers.add(() -> {
                    together.await();
                    return create(name, content);
                });
            }

            List<Creation> ends = all(writers);

            assertThat(ends).containsOnlyOnce(Creation.CREATED);
            assertThat(files.text(at(name))).isEqualTo("writer " + ends.indexOf(Creation.CREATED));
        }
    }

    @Test
    void whoeverSeesAFileSeesAllOfIt() throws Exception {
        byte[] content = new byte[8_000_000];
        Callable<Integer> reader = () -> {
            long deadline = System.nanoTime() + 60_000_000_000L;
            while (!files.exists(at("large"))) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
            try (InputStream in = files.open(at("large"))) {
                return in.readAllBytes().length;
            }
        };
        Callable<Integer> writer = () -> {
            files.create(at("large"), content);
            return content.length;
        };

        assertThat(all(List.of(reader, writer))).containsOnly(content.length);
    }

    @Test
    void aListingHoldsWhatIsRightBelowByName() {
        for (String name : List.of("b", "a", "c", "z/inner", "d/deep/inner")) {
            create("folder/" + name, "12345");
        }
        create("folder2/other", "");

        assertThat(files.files(at("folder"))).extracting(StoredFile::name).containsExactly("a", "b", "c");
        assertThat(files.files(at("folder"))).extracting(StoredFile::size).containsOnly(5L);
        assertThat(files.directories(at("folder"))).containsExactly("d", "z");
        assertThat(files.directories(at("folder/"))).containsExactly("d", "z");
        assertThat(files.directories(at("folder/z"))).isEmpty();
        assertThat(below("folder")).containsExactly("a", "b", "c", "d/deep/inner", "z/inner");
    }

    @Test
    void aMissingDirectoryIsEmpty() {
        assertThat(files.exists(at("missing"))).isFalse();
        assertThat(files.files(at("missing"))).isEmpty();
        assertThat(files.directories(at("missing"))).isEmpty();
        assertThat(files.filesBelow(at("missing"))).isEmpty();
    }

    @Test
    void openingAMissingFileSaysThatItIsMissing() {
        assertThatThrownBy(() -> files.open(at("missing")))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> files.text(at("missing"))).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> files.sha256(at("missing"))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void sha256IsThatOfTheBytes() {
        create("abc", "abc");

        // FIPS 180-2, appendix B.1
        assertThat(files.sha256(at("abc")))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void aFileIsWrittenInPlaceByTasksToo() throws IOException {
        FileStore inTasks = TaskFiles.of(root).at(root);
        for (String text : List.of("the first, longer text", "the second")) {
            try (OutputStream out = inTasks.write(root, "new/folder/file")) {
                out.write(text.getBytes(UTF_8));
            }
            assertThat(files.text(at("new/folder/file"))).isEqualTo(text);
        }
        StoreOutput abandoned = inTasks.write(root, "new/folder/other");
        abandoned.write("part".getBytes(UTF_8));
        abandoned.abandon();
        assertThat(below("")).containsExactly("new/folder/file");
    }

    @Test
    void deletingAFileFreesItsName() {
        create("a/file", "1");
        create("a/file2", "2");

        files.delete(at("a/file"));

        assertThat(files.exists(at("a/file"))).isFalse();
        assertThat(below("a")).containsExactly("file2");
        assertThat(create("a/file", "3")).isEqualTo(Creation.CREATED);
    }

    @Test
    void deletingADirectoryRemovesAllBelowAndNothingBeside() {
        create("tree/a/b/c", "1");
        create("tree/d", "2");
        create("tree2/e", "3");

        files.delete(at("tree"));

        assertThat(files.exists(at("tree"))).isFalse();
        assertThat(below("")).containsExactly("tree2/e");
    }

    @Test
    void deletingWhatIsMissingDoesNothing() {
        create("kept", "1");

        assertThatCode(() -> files.delete(at("missing/tree"))).doesNotThrowAnyException();

        assertThat(below("")).containsExactly("kept");
    }

    @Test
    void filesThatOthersWriteAndDeleteMeanwhileDoNotDisturbAListing() throws Exception {
        files.create(root + "/stays", new byte[] {1});
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = other.submit(() -> {
                for (int i = 0; i < 60; i++) {
                    files.create(root + "/comes-and-goes-" + i, new byte[] {1});
                    files.delete(root + "/comes-and-goes-" + i);
                }
            });
            do {
                assertThat(files.files(root)).extracting(StoredFile::name).contains("stays");
                assertThat(files.filesBelow(root)).extracting(StoredFile::name).contains("stays");
            } while (!writing.isDone());
            writing.get();
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void namesAreTakenAsTheyStand() {
        List<String> odd = List.of("100%", "a%20b", "mit Leerzeichen.txt", "plus+und&co", "Übergrößenträger.txt");
        for (String name : odd) {
            assertThat(create("Straße 7/" + name, name)).isEqualTo(Creation.CREATED);
        }

        assertThat(files.directories(root)).containsExactly("Straße 7");
        assertThat(files.files(at("Straße 7"))).extracting(StoredFile::name).containsExactlyElementsOf(odd);
        for (StoredFile file : files.filesBelow(at("Straße 7"))) {
            assertThat(FileStore.of(file.location()).text(file.location())).isEqualTo(file.name());
        }
        files.delete(at("Straße 7/a%20b"));
        assertThat(below("Straße 7")).hasSize(odd.size() - 1).doesNotContain("a%20b");
    }

    private Creation create(String path, String text) {
        return files.create(at(path), text.getBytes(UTF_8));
    }

    private String at(String path) {
        return root + "/" + path;
    }

    /** The paths of all files below a folder, from there on. */
    private List<String> below(String folder) {
        String start = (root.replaceFirst("^file:(//)?", "") + "/" + folder).replaceFirst("/$", "") + "/";
        return files.filesBelow(at(folder)).stream()
                .map(StoredFile::location)
                .peek(location -> assertThat(location).startsWith(start))
                .map(location -> location.substring(start.length()))
                .toList();
    }

    private static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> end : threads.invokeAll(tasks)) {
                results.add(end.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
