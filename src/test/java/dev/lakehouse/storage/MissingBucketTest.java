package dev.lakehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import java.io.OutputStream;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A location in a bucket that does not exist is a mistake, not an empty place. */
class MissingBucketTest {
    private static final String LOCATION = "s3a://no-such-bucket/folder/file";

    /** Everything that a store does. */
    static Stream<Named<BiConsumer<FileStore, String>>> actions() {
        return Stream.of(
                Named.of("exists", FileStore::exists),
                Named.of("files", FileStore::files),
                Named.of("directories", FileStore::directories),
                Named.of("filesBelow", FileStore::filesBelow),
                Named.of("open", FileStore::open),
                Named.of("create", (files, location) -> files.create(location, new byte[] {1})),
                Named.of("delete", FileStore::delete));
    }

    @BeforeEach
    void session() {
        TestLakehouse.session();
    }

    @Test
    void whenAFileIsWrittenTheBucketIsNamed() {
        assertThatThrownBy(() -> {
                    try (OutputStream out = FileStore.of(LOCATION).write("s3a://no-such-bucket/folder", "file")) {
                        out.write(1);
                    }
                })
                .isInstanceOf(UserError.class)
                .hasMessageContaining("The bucket of s3a://no-such-bucket/folder is missing.");
    }

    @ParameterizedTest
    @MethodSource("actions")
    void whateverIsAskedOfItTheBucketIsNamed(BiConsumer<FileStore, String> action) {
        assertThatThrownBy(() -> action.accept(FileStore.of(LOCATION), LOCATION))
                .isInstanceOfSatisfying(UserError.class, error -> assertThat(error.problem())
                        .isEqualTo("The bucket of " + LOCATION + " is missing."));
    }
}
