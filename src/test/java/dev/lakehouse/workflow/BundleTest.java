package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The project's own bundle, as it is deployed. */
class BundleTest {
    private static final Path ROOT = Path.of(System.getProperty("lakehouse.root"));

    @ParameterizedTest
    @EnumSource
    void nothingIsWrongWithTheProjectsBundle(BundleCheck check) {
        assumeTrue(
                check != BundleCheck.SCHEMA || BundleSchema.file().isPresent(),
                "not run: -Dlakehouse.bundle.schema=FILE names no schema (`databricks bundle schema` prints one)");

        assertThat(check.findings(Bundle.read(ROOT))).isEmpty();
    }
}
