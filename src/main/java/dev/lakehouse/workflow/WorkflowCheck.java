package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds all errors that can be found before a task starts: variables and references without a value, missing main
 * classes and SQL files, and arguments that a task's class does not accept. Errors in the file itself are found when it
 * is read.
 */
final class WorkflowCheck {
    private WorkflowCheck() {}

    /**
     * Checks a workflow and replaces its variables by their values. The first error throws a {@link UserError} that
     * names file, job and task.
     *
     * @param parameters values of job parameters in place of their defaults
     */
    static Workflow check(Workflow workflow, LocalVariables variables, Map<String, String> parameters) {
        Workflow bound = bind(workflow, variables);
        bound.parameters().values().forEach(value -> checkParameter(bound, value));
        for (WorkflowTask task : bound.tasks()) {
            checkWork(bound, task.work(), bound.place(task), Reference.Scope.TASK);
            if (task.work() instanceof TaskSpec.ForEach each) {
                checkWork(bound, each.task().work(), bound.place(task, each), Reference.Scope.ITERATION);
            }
        }
        ArgumentsCheck.check(bound, parameters);
        return bound;
    }

    private static void checkWork(Workflow workflow, TaskSpec work, String place, Reference.Scope scope) {
        work.values().forEach(text -> checkReferences(workflow, text, place, scope));
        if (work instanceof TaskSpec.Jar jar) {
            checkMain(jar.mainClass(), place);
        } else if (work instanceof TaskSpec.Sql sql) {
            checkFile(sql.file(workflow), place);
        }
    }

    private static Workflow bind(Workflow workflow, LocalVariables variables) {
        Map<String, String> parameters = new LinkedHashMap<>(workflow.parameters());
        parameters.replaceAll((name, value) -> variables.fill(value, workflow.place() + ", parameter " + name));
        List<WorkflowTask> tasks = workflow.tasks().stream()
                .map(task -> task.withWork(task.work().map(text -> variables.fill(text, workflow.place(task)))))
                .toList();
        return workflow.with(variables.fill(workflow.name(), workflow.place() + ", name"), parameters, tasks);
    }

    /** Job parameters are resolved before tasks and independently of each other. */
    static void checkParameter(Workflow workflow, String value) {
        if (!Reference.parameters(value, workflow.place()).isEmpty()) {
            throw new UserError(
                    workflow.place() + ": the parameter value '" + value + "' cannot be resolved.",
                    "A job parameter may only refer to the run id.",
                    "Use the reference in the parameters of tasks.");
        }
    }

    private static void checkReferences(Workflow workflow, String text, String place, Reference.Scope scope) {
        for (String name : Reference.parameters(text, place, scope)) {
            if (!workflow.parameters().containsKey(name)) {
                throw new UserError(
                        place + ": there is no job parameter '" + name + "'.",
                        "The job's parameters are " + workflow.parameters().keySet() + ".",
                        "Add it to the job's parameters, or correct the reference.");
            }
        }
    }

    private static void checkMain(String mainClass, String place) {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            var main = Class.forName(mainClass, false, loader).getMethod("main", String[].class);
            if (!Modifier.isStatic(main.getModifiers())) {
                throw new NoSuchMethodException(mainClass);
            }
        } catch (ClassNotFoundException | LinkageError e) {
            throw new UserError(
                    place + ": the main class " + mainClass + " cannot be loaded.",
                    "This build has no such class, or a class that it needs is missing.",
                    "Correct main_class_name, or build again.",
                    e);
        } catch (NoSuchMethodException e) {
            throw new UserError(
                    place + ": the class " + mainClass + " has no public static main(String[]).",
                    "A spark_jar_task calls this method.",
                    "Correct main_class_name.",
                    e);
        }
    }

    private static void checkFile(Path file, String place) {
        if (!Files.isRegularFile(file)) {
            throw new UserError(
                    place + ": there is no SQL file " + file + ".",
                    "A path is relative to the workflow's file.",
                    "Correct the path, or add the file.");
        }
    }
}
