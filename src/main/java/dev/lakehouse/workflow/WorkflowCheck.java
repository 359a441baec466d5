package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that can be known to be wrong before a task starts: variables and references that stand for nothing,
 * main classes and SQL files that are not there, arguments that a task's class does not accept. What is wrong with a
 * file by itself is found when it is read.
 */
final class WorkflowCheck {
    private WorkflowCheck() {}

    /**
     * A workflow with its variables replaced by their values, checked; the first thing that is wrong is a
     * {@link UserError} naming file, job and task.
     *
     * @param parameters replace the defaults of the job's parameters of these names
     */
    static Workflow check(Workflow workflow, LocalVariables variables, Map<String, String> parameters) {
        Workflow bound = bind(workflow, variables);
        bound.parameters().values().forEach(value -> checkParameter(bound, value));
        for (WorkflowTask task : bound.tasks()) {
            task.work().values().forEach(text -> checkReferences(bound, task, text));
            if (task.work() instanceof TaskSpec.Jar jar) {
                checkMain(jar.mainClass(), bound.place(task));
            } else if (task.work() instanceof TaskSpec.Sql sql) {
                checkFile(sql.file(bound), bound.place(task));
            }
        }
        ArgumentsCheck.check(bound, parameters);
        return bound;
    }

    private static Workflow bind(Workflow workflow, LocalVariables variables) {
        Map<String, String> parameters = new LinkedHashMap<>(workflow.parameters());
        parameters.replaceAll((name, value) -> variables.fill(value, workflow.place() + ", parameter " + name));
        List<WorkflowTask> tasks = workflow.tasks().stream()
                .map(task -> task.withWork(task.work().map(text -> variables.fill(text, workflow.place(task)))))
                .toList();
        return workflow.with(variables.fill(workflow.name(), workflow.place() + ", name"), parameters, tasks);
    }

    /** A parameter of the job is resolved before any task and any other parameter. */
    static void checkParameter(Workflow workflow, String value) {
        if (!Reference.parameters(value, workflow.place()).isEmpty()) {
            throw new UserError(
                    workflow.place() + ": the parameter value '" + value + "' cannot be resolved.",
                    "A job's parameter may refer to the run's id only.",
                    "Use the reference in the tasks' parameters.");
        }
    }

    private static void checkReferences(Workflow workflow, WorkflowTask task, String text) {
        String place = workflow.place(task);
        for (String name : Reference.parameters(text, place)) {
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
                    "There is no such class in this build, or one that it needs is missing.",
                    "Correct main_class_name, or build again.",
                    e);
        } catch (NoSuchMethodException e) {
            throw new UserError(
                    place + ": the class " + mainClass + " has no public static main(String[]).",
                    "That is what a spark_jar_task calls.",
                    "Correct main_class_name.",
                    e);
        }
    }

    private static void checkFile(Path file, String place) {
        if (!Files.isRegularFile(file)) {
            throw new UserError(
                    place + ": there is no SQL file " + file + ".",
                    "A path is taken relative to the workflow's own file.",
                    "Correct the path, or add the file.");
        }
    }
}
