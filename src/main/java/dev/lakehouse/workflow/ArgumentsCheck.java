package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import dev.lakehouse.task.Task;
import java.lang.reflect.Constructor;
import java.util.Map;

/**
 * Whether the class of a task accepts the arguments that the workflow gives it: an option that it does not have, that is
 * missing, given twice or of the wrong form is found before the first task starts, not hours later.
 */
final class ArgumentsCheck {
    private ArgumentsCheck() {}

    /**
     * Tries the arguments of every task. Left out are main classes that are not a {@link Task}: what they accept is known
     * only to them.
     *
     * @param parameters replace the defaults of the job's parameters of these names
     */
    static void check(Workflow bound, Map<String, String> parameters) {
        // Any run will do: only the form of an argument is looked at.
        RunValues values = new RunValues(bound, "1", parameters);
        for (WorkflowTask task : bound.tasks()) {
            if (task.work() instanceof TaskSpec.Jar jar) {
                TaskSpec.Jar resolved = (TaskSpec.Jar) values.resolve(jar, bound.place(task));
                check(resolved, bound.place(task));
            }
        }
    }

    private static void check(TaskSpec.Jar jar, String place) {
        try {
            Class<?> main =
                    Class.forName(jar.mainClass(), true, Thread.currentThread().getContextClassLoader());
            if (Task.class.isAssignableFrom(main)) {
                Constructor<?> constructor = main.getDeclaredConstructor();
                constructor.setAccessible(true);
                ((Task) constructor.newInstance()).parse(jar.parameters().toArray(String[]::new));
            }
        } catch (UserError e) {
            throw new UserError(
                    place + ": " + jar.mainClass() + " does not accept its parameters.", e.cause(), e.fix(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A task has a constructor without parameters: " + jar.mainClass(), e);
        }
    }
}
