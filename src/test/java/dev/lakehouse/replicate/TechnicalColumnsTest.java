package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.extract.TechnicalColumns;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TechnicalColumnsTest {
    /** A source column of such a name would be taken for the lakehouse's own. */
    @ParameterizedTest
    @ValueSource(classes = {TargetTable.class, ReconcileTable.class})
    void theNamesOfAllTechnicalColumnsAreReserved(Class<?> user) {
        Stream<String> names = Arrays.stream(user.getDeclaredFields())
                .filter(field -> field.getType() == String.class && !Modifier.isPrivate(field.getModifiers()))
                .map(TechnicalColumnsTest::constant)
                .filter(text -> text.startsWith("_"));

        assertThat(names).isNotEmpty().allMatch(TechnicalColumns::isReserved);
    }

    private static String constant(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
