package dev.lakehouse.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of databases that would meet another file or another schema of the bundle. */
class TakenNamesTest {
    @TempDir
    private Path project;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workflows/shop_extract.yml",
                "workflows/shop_load.yml",
                "resources/shop.yml",
                "schemas/shop/a.sql"
            })
    void aNameWhoseFilesAreAnotherThingIsRefused(String file) throws Exception {
        Files.createDirectories(project.resolve(file).getParent());
        Files.writeString(project.resolve(file), "");

        assertThatThrownBy(() -> new DatabaseFiles(project, "shop").read())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("A database cannot be called 'shop' here.")
                .hasMessageContaining("belongs to something else");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "information_schema"})
    void theSchemasOfEveryCatalogueAreRefused(String name) {
        assertThatThrownBy(() -> new DatabaseFiles(project, name))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("every catalogue of Unity Catalog has one already");
    }

    @Test
    void anyOtherNameIsFree() {
        assertThat(new DatabaseFiles(project, "shop").read()).isEmpty();
    }
}
