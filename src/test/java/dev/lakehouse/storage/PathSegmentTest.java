package dev.lakehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathSegmentTest {
    @ParameterizedTest
    @CsvSource({
        "customers,customers",
        "Order_Lines-2,Order_Lines-2",
        "v1.2,v1.2",
        "..,%2E%2E",
        ".,%2E",
        ".hidden,%2Ehidden",
        "name.,name%2E",
        "_manifests,%5Fmanifests",
        "a/b,a%2Fb",
        "a\\b,a%5Cb",
        "extract=1,extract%3D1",
        "50 %,50%20%25",
        "a+b,a%2Bb",
        "{a}*,%7Ba%7D%2A",
        "Größe,Gr%C3%B6%C3%9Fe",
    })
    void aNameIsOneFolderAndCanBeReadBack(String name, String folder) {
        assertThat(PathSegment.of(name)).isEqualTo(folder);
        assertThat(PathSegment.name(folder)).contains(name);
        assertThat(Path.of("/landing", folder).normalize().getParent()).isEqualTo(Path.of("/landing"));
    }

    @Test
    void namesThatDifferByCaseAreDifferentFolders() {
        assertThat(PathSegment.of("Shop")).isNotEqualTo(PathSegment.of("shop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"_manifests", "a b", "a+b", "%2e", "%", "%zz", "Größe"})
    void aFolderThatIsMadeOtherwiseIsNoName(String folder) {
        assertThat(PathSegment.name(folder)).isEmpty();
    }
}
