package dev.lakehouse.privacy;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.testing.TestLakehouse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {
    private final Keyset keyset = Keyset.create();
    private final Pseudonyms emails = Pseudonyms.of("email", keyset);

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", "", "zwölf@bücher.example", "😀@example.org"})
    void whoHoldsTheKeyReadsWhatWasPseudonymised(String value) {
        String pseudonym = emails.pseudonym(value);

        assertThat(pseudonym).matches("A[A-Za-z0-9_-]{27,}");
        assertThat(emails.reveal(pseudonym)).isEqualTo(value);
    }

    @Test
    void equalValuesHaveEqualPseudonymsAndOthersHaveOthers() {
        assertThat(emails.pseudonym("ada@example.org"))
                .isEqualTo(Pseudonyms.of("email", keyset).pseudonym("ada@example.org"))
                .isNotEqualTo(emails.pseudonym("Ada@example.org"));
        assertThat(emails.pseudonym(null)).isNull();
    }

    @Test
    void theSameValueInAnotherColumnHasAnotherPseudonymThatIsNotReadAsThisOnes() {
        String phone = Pseudonyms.of("phone", keyset).pseudonym("ada@example.org");

        assertThat(phone).isNotEqualTo(emails.pseudonym("ada@example.org"));
        assertThatThrownBy(() -> emails.reveal(phone))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not from the column 'email'");
    }

    @Test
    void anotherKeysetIsRefusedByTheNumbersOfTheKeys() {
        Keyset other = Keyset.create();

        assertThatThrownBy(() -> Pseudonyms.of("email", other).reveal(emails.pseudonym("ada@example.org")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be read with this keyset")
                .hasMessageContaining("made with the key " + keyset.primary())
                .hasMessageContaining("the keyset has " + other.primary());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ada@example.org", "AAAA", "AQIDBAUGBwgJCgsMDQ4PEBESExQ", "QQIDBAUGBwgJCgsMDQ4PEBESExQVFhc"})
    void aTextThatIsNoPseudonymIsRefusedWithoutBeingRepeated(String text) {
        assertThatThrownBy(() -> emails.reveal(text)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.problem()).isEqualTo("The text is not a pseudonym.");
            assertThat(error.cause() + error.fix()).doesNotContain("ada@");
        });
    }

    @Test
    void anAlteredPseudonymIsRefused() {
        String pseudonym = emails.pseudonym("ada@example.org");
        char other = pseudonym.charAt(20) == 'x' ? 'y' : 'x';

        assertThatThrownBy(() -> emails.reveal(pseudonym.substring(0, 20) + other + pseudonym.substring(21)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("it was altered");
    }

    @Test
    void afterARotationOldPseudonymsAreReadNewOnesDifferAndOldOnesCanBeRenewedToJoinThem() {
        Keyset rotated = keyset.rotated();
        Pseudonyms after = Pseudonyms.of("email", rotated);
        String old = emails.pseudonym("ada@example.org");
        String now = after.pseudonym("ada@example.org");

        assertThat(rotated.readable())
                .contains(keyset.primary(), rotated.primary())
                .hasSize(2);
        assertThat(after.reveal(old)).isEqualTo("ada@example.org");
        assertThat(now).isNotEqualTo(old);
        assertThat(after.renewed(old)).isEqualTo(now);
    }

    @Test
    void aKeysetIsReadFromASecretAndNothingSaysIt(@TempDir Path directory) throws Exception {
        Path file =
                Files.writeString(directory.resolve("keyset"), keyset.rotated().secretText() + "\n");

        Keyset read = Keyset.read(SecretReference.file(file));

        assertThat(Pseudonyms.of("email", read).reveal(emails.pseudonym("x"))).isEqualTo("x");
        assertThat(read.toString() + Pseudonyms.of("email", read)).doesNotContain(material(keyset));
        assertThat(read).hasToString("Keyset[" + String.join(", ", read.readable()) + "], primary " + read.primary());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret",
                "{\"s3cret\": 1}",
                "{\"primaryKeyId\":1,\"key\":[{\"keyData\":{\"typeUrl\":\"type.googleapis.com/google.crypto.tink.AesGcmKey\","
                        + "\"value\":\"GhBzM2NyZXRzM2NyZXRzM2Ny\",\"keyMaterialType\":\"SYMMETRIC\"},"
                        + "\"status\":\"ENABLED\",\"keyId\":1,\"outputPrefixType\":\"TINK\"}]}"
            })
    void aSecretThatIsNoKeysetIsRefusedWithoutBeingRepeated(String secret, @TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("keyset"), secret);

        assertThatThrownBy(() -> Keyset.read(SecretReference.file(file)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not a keyset for pseudonyms")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void itReachesExecutorsBySerialisationAndStandsInNoPlan() throws Exception {
        Dataset<Row> people = TestLakehouse.session()
                .createDataset(List.of("ada@example.org", "bob@example.org"), Encoders.STRING())
                .toDF("email");

        Dataset<Row> pseudonymised =
                people.repartition(2).select(copied(emails).of(col("email")).as("email"));

        assertThat(pseudonymised.as(Encoders.STRING()).collectAsList().stream().map(emails::reveal))
                .containsExactlyInAnyOrder("ada@example.org", "bob@example.org");
        assertThat(pseudonymised.queryExecution().toString()
                        + pseudonymised.queryExecution().optimizedPlan().toJSON())
                .contains("pseudonym")
                .doesNotContain(material(keyset));
    }

    private static Pseudonyms copied(Pseudonyms original) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Pseudonyms) in.readObject();
        }
    }

    /** What of the secret's text is the key itself. */
    private static String material(Keyset keyset) {
        return keyset.secretText().replaceAll("(?s).*\"value\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }
}
