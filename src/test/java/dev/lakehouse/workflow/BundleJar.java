package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Main classes and their parameters, tried with the jar that is deployed instead of the classes of this build. */
final class BundleJar {
    private static final String PARENT = "dev.lakehouse.task.AcceptsArguments";

    private static final ClassLoader DEPLOYED = deployed();

    private BundleJar() {}

    static List<String> findings(Bundle bundle) {
        return BundleTarget.inEach(bundle, target -> {
            List<String> findings = new ArrayList<>();
            for (Bundle.Resource job : bundle.resources("jobs")) {
                Map<String, String> parameters = parameters(target, job);
                Optional<String> input = input(target, job, parameters);
                for (YamlNode task : job.tasks()) {
                    Bundle.find(task, "spark_jar_task", "main_class_name")
                            .ifPresent(name -> findings.addAll(main(
                                    target.text(name), arguments(target, task, parameters, input), name.location())));
                }
            }
            return findings;
        });
    }

    private static Map<String, String> parameters(BundleTarget target, Bundle.Resource job) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Bundle.items(job.node(), "parameters")
                .forEach(item -> parameters.put(target.text(item, "name"), target.text(item, "default")));
        return parameters;
    }

    /** The arguments of a run that nobody gave parameters; none where a reference is wrong, which is found elsewhere. */
    private static Optional<String[]> arguments(
            BundleTarget target, YamlNode task, Map<String, String> parameters, Optional<String> input) {
        try {
            return Optional.of(target.list(task, "spark_jar_task", "parameters").stream()
                    .map(text -> Reference.fill(String.valueOf(text), "", "1", name -> value(name, parameters), input))
                    .toArray(String[]::new));
        } catch (UserError e) {
            return Optional.empty();
        }
    }

    /** The first input of a job's for_each_task. That the others are accepted too, the local runner checks. */
    private static Optional<String> input(BundleTarget target, Bundle.Resource job, Map<String, String> parameters) {
        try {
            return Bundle.items(job.node(), "tasks").stream()
                    .flatMap(task -> Bundle.find(task, "for_each_task", "inputs").stream())
                    .map(inputs -> Reference.fill(target.text(inputs), "", "1", name -> value(name, parameters)))
                    .flatMap(inputs -> Inputs.read(inputs, "").stream())
                    .findFirst();
        } catch (UserError e) {
            return Optional.empty();
        }
    }

    private static String value(String name, Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get(name)).orElseThrow(() -> new UserError(name, "", ""));
    }

    private static List<String> main(String name, Optional<String[]> arguments, String place) {
        try {
            Class<?> main = Class.forName(name, true, DEPLOYED);
            Method method = main.getMethod("main", String[].class);
            if (!Modifier.isStatic(method.getModifiers())) {
                return List.of(place + ": " + name + " in the jar has no public static main.");
            }
            if (!Class.forName(PARENT, false, DEPLOYED).isAssignableFrom(main)) {
                return List.of(place + ": " + name + " is no task, so nobody can tell which parameters it accepts.");
            }
            Constructor<?> constructor = main.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object task = constructor.newInstance();
            if (arguments.isPresent()) {
                main.getMethod("parse", String[].class).invoke(task, (Object) arguments.get());
            }
            return List.of();
        } catch (ClassNotFoundException | LinkageError e) {
            return List.of(place + ": the jar has no class " + name + ", or not all that it needs.");
        } catch (NoSuchMethodException e) {
            return List.of(place + ": " + name + " in the jar has no public static main.");
        } catch (InvocationTargetException e) {
            return List.of(place + ": " + e.getCause().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClassLoader deployed() {
        try {
            return new Deployed(Path.of(System.getProperty("lakehouse.root"), "target", "lakehouse.jar")
                    .toUri()
                    .toURL());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The jar, with what Databricks brings; never the classes from which the jar was made. */
    private static final class Deployed extends URLClassLoader {
        Deployed(URL jar) {
            super(new URL[] {jar}, BundleJar.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.lakehouse.") && !name.startsWith("picocli.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
