package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import dev.lakehouse.task.AcceptsArguments;
import java.lang.reflect.Constructor;
import java.util.Map;

/**
 * Checks that the class of each task accepts its arguments in the workflow, for each input of a {@code for_each_task}.
 * Options that are unknown, missing, repeated or invalid are found before the first task starts.
 */
final class ArgumentsCheck {
    private ArgumentsCheck() {}

    /**
     * Checks the arguments of every task. Main classes that are not {@link AcceptsArguments} are skipped, because their options
     * are unknown.
     *
     * @param parameters values of job parameters in place of their defaults
     */
    static void check(Workflow bound, Map<String, String> parameters) {
        // Any run id is suitable, because only the format of arguments is checked.
        RunValues values = new RunValues(bound, "1", parameters);
        for (WorkflowTask task : bound.tasks()) {
            TaskSpec resolved = values.resolve(task.work(), bound.place(task));
            if (resolved instanceof TaskSpec.Jar jar) {
                check(jar, bound.place(task));
            } else if (resolved instanceof TaskSpec.ForEach each) {
                for (WorkflowTask iteration : values.iterations(bound, task, each)) {
                    if (iteration.work() instanceof TaskSpec.Jar jar) {
                        check(jar, bound.place(iteration));
                    }
                }
            }
        }
    }

    private static void check(TaskSpec.Jar jar, String place) {
        try {
            Class<?> main =
                    Class.forName(jar.mainClass(), true, Thread.currentThread().getContextClassLoader());
            if (AcceptsArguments.class.isAssignableFrom(main)) {
                Constructor<?> constructor = main.getDeclaredConstructor();
                constructor.setAccessible(true);
                ((AcceptsArguments) constructor.newInstance())
                        .parse(jar.parameters().toArray(String[]::new));
            }
        } catch (UserError e) {
            throw new UserError(
                    place + ": " + jar.mainClass() + " does not accept its parameters.", e.cause(), e.fix(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A task has a constructor without parameters: " + jar.mainClass(), e);
        }
    }
}
