package dev.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The libraries that the jar carries stand in its notices and in the bill of materials beside it, and no others. */
final class CarriedLibrariesTest {
    private static Set<String> carried;
    private static JsonNode bill;

    @BeforeAll
    static void read() throws IOException {
        carried = DeployedJar.carried().stream()
                .map(CarriedLibrariesTest::coordinates)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(carried).hasSizeGreaterThan(10);
        bill = new ObjectMapper()
                .readTree(DeployedJar.ROOT.resolve("target/lakehouse-sbom.json").toFile());
    }

    @Test
    void theNoticesNameEachWithItsVersionAndLicence() throws IOException {
        List<String> notices = DeployedJar.text("META-INF/THIRD-PARTY.txt")
                .lines()
                .filter(line -> line.startsWith("     ("))
                .toList();

        assertThat(notices).hasSameSizeAs(carried).noneMatch(line -> line.contains("Unknown license"));
        assertThat(carried)
                .allSatisfy(library -> assertThat(notices).anyMatch(line -> line.contains("(" + library + " - ")));
    }

    @Test
    void theBillOfMaterialsListsEachWithItsVersionLicenceAndHash() {
        List<JsonNode> components = elements(bill.get("components"));

        assertThat(components)
                .extracting(component -> component.get("group").asText() + ":"
                        + component.get("name").asText() + ":"
                        + component.get("version").asText())
                .containsExactlyInAnyOrderElementsOf(carried);
        assertThat(components).allSatisfy(component -> {
            assertThat(elements(component.get("licenses"))).isNotEmpty();
            assertThat(elements(component.get("hashes")))
                    .extracting(hash -> hash.get("alg").asText())
                    .contains("SHA-256");
        });
    }

    @Test
    void theBillOfMaterialsHoldsNothingThatChangesFromBuildToBuild() {
        assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bill.has("serialNumber")).isFalse();
        assertThat(bill.get("metadata").has("timestamp")).isFalse();
    }

    @Test
    void licencesThatLibrariesAskToBePassedOnAreInTheJar() throws IOException {
        // The one of protobuf, whose own jar has none, is in the driver's.
        assertThat(DeployedJar.text("LICENSE")).contains("MySQL Connector/J", "Google Protocol Buffers");
        assertThat(DeployedJar.text("META-INF/LICENSE")).contains("Liberation Fonts", "Adobe Systems Incorporated");
        assertThat(DeployedJar.text("META-INF/NOTICE")).contains("Apache PDFBox", "Jackson JSON processor");
        assertThat(DeployedJar.text("META-INF/FastDoubleParser-LICENSE")).contains("Apache License");
    }

    private static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    /** From a path in Maven's repository, .../com/mysql/mysql-connector-j/VERSION/FILE.jar. */
    private static String coordinates(Path jar) {
        Path version = jar.getParent();
        Path artifact = version.getParent();
        String folder = artifact.getParent().toString().replace('\\', '/');
        String group = folder.replaceFirst(".*/repository/", "").replace('/', '.');
        return group + ":" + artifact.getFileName() + ":" + version.getFileName();
    }
}
