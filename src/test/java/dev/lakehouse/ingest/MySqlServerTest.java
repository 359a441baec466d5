package dev.lakehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlServerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://reader:geheim@db:3306/shop",
                "jdbc:mysql://geheim@db:3306/shop",
                "jdbc:mysql://db:3306,reader:geheim@db2:3306/shop",
                "jdbc:mysql://reader:geheim/x@db/shop",
                "jdbc:mysql://reader:geheim?x@db/shop",
                "jdbc:mysql://db:3306/shop?password=geheim",
                "jdbc:mysql://db:3306/shop?useSSL=true&PassWord=geheim",
                "jdbc:mysql://db:3306/shop?useSSL=true& password = geheim",
                "jdbc:mysql://db:3306/shop?pass%77ord=geheim",
                "jdbc:mysql://db:3306/shop?password1=geheim",
                "jdbc:mysql://db:3306/shop?trustCertificateKeyStorePassword=geheim",
                "jdbc:mysql://db:3306/shop?user=geheim",
                "jdbc:mysql://(host=db,port=3306,user=reader,password=geheim)/shop",
                "jdbc:mysql://address=(host=db)(port=3306)(password=geheim)/shop",
            })
    void aLoginInTheAddressIsRefusedAndNotRepeated(String url) {
        assertThatThrownBy(() -> server(url))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.problem()).isEqualTo("The MySQL address holds a user or a password.");
                    assertThat(error.cause()).contains("no secret belongs");
                    assertThat(error.mend()).contains("env:NAME or file:PATH");
                })
                .hasMessageNotContaining("geheim")
                .hasMessageNotContaining("db");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://db/shop",
                "jdbc:mysql://db:3306/shop?passwordCharacterEncoding=UTF-8&useSSL=true",
                "jdbc:mysql://db:3306/user?sessionVariables=@x=1",
                "jdbc:mysql://db:3306/password?applicationName=100%",
            })
    void whatOnlyLooksLikeALoginIsAnAddress(String url) {
        assertThat(server(url).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "db:3306/shop", "jdbc:mysql://db:3306", "jdbc:mysql:///shop", "jdbc:mysql://db/shop/x"})
    void anAddressThatNamesNoHostOrNoDatabaseIsRefused(String url) {
        assertThatThrownBy(() -> server(url))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not of the form jdbc:mysql://HOST:PORT/DATABASE");
    }

    @Test
    void messagesShowTheAddressWithoutItsOptions() {
        MySqlServer server = server("jdbc:mysql://db:3306/shop?useSSL=true&applicationName=a/b?c");

        assertThat(server.address()).isEqualTo("jdbc:mysql://db:3306/shop");
        assertThat(server.database()).isEqualTo("shop");
    }

    private static MySqlServer server(String url) {
        return new MySqlServer(url, "reader", SecretReference.parse("env:MYSQL_PASSWORD"));
    }
}
