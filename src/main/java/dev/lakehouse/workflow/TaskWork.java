package dev.lakehouse.workflow;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;

/** Converts a task's resolved work to a callable. */
record TaskWork(SqlTaskRunner sql) {

    Callable<Void> of(Workflow workflow, TaskSpec work) {
        return () -> {
            if (work instanceof TaskSpec.Jar jar) {
                callMain(jar);
            } else if (work instanceof TaskSpec.Sql task) {
                sql.run(task.file(workflow), task.parameters());
            }
            return null;
        };
    }

    private static void callMain(TaskSpec.Jar jar) throws Exception {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Object arguments = jar.parameters().toArray(String[]::new);
        try {
            Class.forName(jar.mainClass(), true, loader)
                    .getMethod("main", String[].class)
                    .invoke(null, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw (Error) e.getCause();
        }
    }
}
