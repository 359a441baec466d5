package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.CheckResult.State;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineCheckTest {
    private static final long GIGABYTE = 1_000_000_000;

    @TempDir
    Path temp;

    @Test
    void thisMachineLacksNothing() {
        for (Consumer<CheckResults> check : List.<Consumer<CheckResults>>of(
                MachineCheck::java, MachineCheck::memory, MachineCheck::temporary, MachineCheck::port)) {
            assertThat(found(check).state()).isEqualTo(State.OK);
        }
    }

    @Test
    void anotherJavaOrOneWithoutACompilerIsAProblem() {
        assertThat(found(results -> MachineCheck.java(21, true, results)).state())
                .isEqualTo(State.OK);
        assertThat(found(results -> MachineCheck.java(11, true, results)))
                .matches(CheckResult::isProblem)
                .matches(result -> result.fix().contains("JAVA_HOME"));
        assertThat(found(results -> MachineCheck.java(17, false, results)).text())
                .contains("not a JDK");
    }

    @Test
    void aHeapThatTheMachineHasNoMemoryForIsAProblem() {
        assertThat(found(results -> MachineCheck.memory(2 * GIGABYTE, GIGABYTE, results)))
                .matches(CheckResult::isProblem)
                .matches(result -> result.fix().contains("--heap"));
        assertThat(found(results -> MachineCheck.memory(2 * GIGABYTE, 5 * GIGABYTE / 2, results))
                        .state())
                .isEqualTo(State.WARNING);
        assertThat(found(results -> MachineCheck.memory(2 * GIGABYTE, 4 * GIGABYTE, results))
                        .state())
                .isEqualTo(State.OK);
    }

    @Test
    void aDiskWithoutRoomIsAProblem() {
        CheckResult full = found(
                results -> MachineCheck.room(temp.resolve("home/not/yet"), Long.MAX_VALUE, "Free space.", results));

        assertThat(full.isProblem()).isTrue();
        assertThat(full.text()).contains(temp.toString(), "a run needs");
        assertThat(temp).isEmptyDirectory();
    }

    private static CheckResult found(Consumer<CheckResults> check) {
        CheckResults results = new CheckResults("machine");
        check.accept(results);
        assertThat(results.all()).hasSize(1);
        return results.all().get(0);
    }
}
