package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The project's own bundle, where the Databricks CLI would not notice a mistake. */
class BundleTest {
    private static final Path ROOT = Path.of(System.getProperty("lakehouse.root"));

    @ParameterizedTest
    @EnumSource
    void nothingIsWrongWithTheProjectsBundle(BundleCheck check) {
        assertThat(check.findings(Bundle.read(ROOT))).isEmpty();
    }
}
