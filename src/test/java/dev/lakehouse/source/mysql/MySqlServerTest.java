package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                    assertThat(error.problem()).isEqualTo("The MySQL address contains a user or a password.");
                    assertThat(error.cause()).contains("must not contain secrets");
                    assertThat(error.fix()).contains("env:NAME or file:PATH");
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
                "jdbc:mysql://db:3306/password?connectionAttributes=program:100%25",
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
    void optionsOfTheAddressAreHonouredBesideThoseThatReadingReliesOn() {
        String url = server(
                        "jdbc:mysql://db:3306/shop?sslMode=VERIFY_CA&connectTimeout=50&socketTimeout=9000"
                                + "&maxAllowedPacket=5000&characterEncoding=utf8&sessionVariables=innodb_lock_wait_timeout=5,@a='x,y'")
                .addressWithOptions();

        assertThat(url)
                .startsWith("jdbc:mysql://db:3306/shop?")
                .contains("sslMode=VERIFY_CA", "connectTimeout=50&", "socketTimeout=9000", "maxAllowedPacket=5000")
                .contains("characterEncoding=UTF-8", "connectionTimeZone=UTC", "tinyInt1isBit=false")
                .doesNotContain("connectTimeout=10000", "characterEncoding=utf8");
        assertThat(URLDecoder.decode(url.replaceFirst(".*sessionVariables=([^&]*).*", "$1"), StandardCharsets.UTF_8))
                .isEqualTo("innodb_lock_wait_timeout=5,@a='x,y',wait_timeout=28800,net_read_timeout=28800,"
                        + "net_write_timeout=28800,sql_mode=''");
    }

    @Test
    void aTimeoutOfTheSessionIsTheUsers() {
        assertThat(server("jdbc:mysql://db/shop?sessionVariables=WAIT_TIMEOUT%3D60")
                        .addressWithOptions())
                .containsIgnoringCase("wait_timeout%3D60")
                .doesNotContain("wait_timeout%3D28800");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "connectionTimeZone=LOCAL;connectionTimeZone;TIMESTAMP values are read in UTC",
                "serverTimezone=Europe/Berlin;serverTimezone;TIMESTAMP values are read in UTC",
                "zeroDateTimeBehavior=CONVERT_TO_NULL;zeroDateTimeBehavior;a matter of --invalid-dates",
                "tinyInt1isBit=true;tinyInt1isBit;as a number",
                "TINYINT1ISBIT=false;TINYINT1ISBIT;the closest one is 'tinyInt1isBit'",
                "characterEncoding=latin1;characterEncoding;as UTF-8",
                "allowLoadLocalInfile=true;allowLoadLocalInfile;read files",
                "allowUrlInLocalInfile=true;allowUrlInLocalInfile;read files",
                "propertiesTransform=x.Y;propertiesTransform;load classes",
                "queryInterceptors=x.Y;queryInterceptors;load classes",
                "maxRows=10;maxRows;change what is read",
                "useSLL=true;useSLL;the closest one is 'useSSL'",
                "autoDeserialize=true;autoDeserialize;no option of that name",
                "sslMode;sslMode;It has no value",
                "sessionVariables=sql_mode='ANSI';sql_mode;would depend on it",
                "sessionVariables=@a=1,%20@@SESSION.time_zone='%2B1:00';time_zone;would depend on it",
                "sessionVariables=@@global.x=1;sessionVariables;not an assignment to a session variable",
                "sessionVariables=names utf8;sessionVariables;not an assignment",
            })
    void anOptionThatCannotBeHonouredIsRefusedByName(String option, String name, String reason) {
        assertThatThrownBy(() -> server("jdbc:mysql://db/shop?connectTimeout=5&" + option))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining(reason);
    }

    @Test
    void anOptionOfOneHostIsHeldToTheSame() {
        assertThatThrownBy(() -> server("jdbc:mysql://(host=a,port=1,allowLoadLocalInfile=true),b:2/shop"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'allowLoadLocalInfile'");
        assertThat(server("jdbc:mysql://(host=a,port=1,sslMode=REQUIRED),b:2/shop")
                        .database())
                .isEqualTo("shop");
    }

    @Test
    void messagesShowTheAddressWithoutItsOptions() {
        MySqlServer server = server("jdbc:mysql://db:3306/shop?useSSL=true&connectionAttributes=program:a/b?c");

        assertThat(server.address()).isEqualTo("jdbc:mysql://db:3306/shop");
        assertThat(server.database()).isEqualTo("shop");
    }

    private static MySqlServer server(String url) {
        return new MySqlServer(url, "reader", SecretReference.parse("env:MYSQL_PASSWORD"));
    }
}
