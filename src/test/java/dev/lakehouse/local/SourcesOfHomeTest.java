package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.mysql.MySqlServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesOfHomeTest {
    private static final MySqlServer SHOP = new MySqlServer(
            "jdbc:mysql://db:3306/shop?sslMode=REQUIRED", "leser: ü=#!\\", SecretReference.parse("env:SHOP_PASSWORD"));

    @TempDir
    private Path directory;

    @Test
    void aHomeRemembersSeveralDatabasesWithoutTheirPasswords() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "Secret-1");
        MySqlServer other = new MySqlServer("jdbc:mysql://db/o", "o", SecretReference.file(secret));
        try (Home home = Home.open(directory.resolve("home"))) {
            SourcesOfHome.of(home).remember(home, "shop", Optional.of(SHOP));
            SourcesOfHome.of(home).remember(home, "shop_2", Optional.of(other));
            SourcesOfHome.of(home).remember(home, "own", Optional.empty());

            assertThat(SourcesOfHome.of(home).all())
                    .containsOnlyKeys("own", "shop", "shop_2")
                    .containsEntry("shop", Optional.of(SHOP))
                    .containsEntry("own", Optional.empty())
                    .containsEntry("shop_2", Optional.of(other));
            SourcesOfHome.of(home).remember(home, "shop", Optional.empty());
            assertThat(SourcesOfHome.of(home).all())
                    .containsEntry("shop", Optional.empty())
                    .containsEntry("shop_2", Optional.of(other));
            assertThat(Files.readString(home.directory().resolve("sources.properties")))
                    .contains("file")
                    .doesNotContain("Secret-1")
                    .doesNotContain("SHOP_PASSWORD");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop=own\n",
                "shop=own\nshop.url=jdbc:mysql://db/shop\nshop.user=u\n",
                "shop=own\nshop.url=x\nshop.user=u\nshop.password=env:A\n",
                "shop=own\nshop.url=jdbc:mysql://db/shop\nshop.user=u\nshop.password=plain\n",
                "shop=\\u00zz\n",
            })
    void aDamagedListIsTheUsersError(String text) throws Exception {
        try (Home home = Home.open(directory.resolve("home"))) {
            Files.writeString(home.directory().resolve("sources.properties"), text);

            assertThatThrownBy(() -> SourcesOfHome.of(home).all())
                    .isInstanceOf(UserError.class)
                    .hasMessageNotContaining("plain");
        }
    }
}
