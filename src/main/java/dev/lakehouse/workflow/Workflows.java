package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All workflows of a directory, found by their key or by their product. */
public final class Workflows {
    private final Path directory;
    private final Map<String, Workflow> byKey;

    private Workflows(Path directory, Map<String, Workflow> byKey) {
        this.directory = directory;
        this.byKey = byKey;
    }

    /** Reads every {@code .yml} file of a directory. Throws a {@link UserError} for a file that cannot run here. */
    public static Workflows read(Path directory) {
        return read(directory, refusal -> {
            throw refusal;
        });
    }

    /**
     * Reads the workflows of a directory that can run here.
     *
     * @param refusals receives the error of each file that cannot run. The order of workflows is checked only if there
     *     is no error, because a predecessor may be in a refused file
     */
    public static Workflows read(Path directory, Consumer<UserError> refusals) {
        Map<String, Workflow> byKey = new TreeMap<>();
        List<UserError> refused = new ArrayList<>();
        for (Path file : files(directory)) {
            try {
                List<Workflow> workflows = WorkflowReader.read(file);
                workflows.forEach(workflow -> requireNewKey(workflow, byKey));
                workflows.forEach(workflow -> byKey.put(workflow.key(), workflow));
            } catch (UserError e) {
                refused.add(e);
                refusals.accept(e);
            }
        }
        Workflows workflows = new Workflows(directory, byKey);
        if (refused.isEmpty()) {
            workflows.checkOrder(refusals);
        }
        return workflows;
    }

    private static void requireNewKey(Workflow workflow, Map<String, Workflow> known) {
        Workflow other = known.get(workflow.key());
        if (other != null) {
            throw new UserError(
                    "Two workflows are named " + workflow.key() + ".",
                    "One is in " + YamlNode.display(other.file()) + ", one in " + YamlNode.display(workflow.file())
                            + ".",
                    "Rename one of them.");
        }
    }

    private void checkOrder(Consumer<UserError> refusals) {
        try {
            byKey.values().forEach(this::checkPredecessor);
            products().forEach(this::ofProduct);
        } catch (UserError e) {
            refusals.accept(e);
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> files = all.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
            if (!files.isEmpty()) {
                return files;
            }
        } catch (IOException e) {
            throw new UserError(
                    "The workflows cannot be read from " + directory + ".",
                    "It is not a directory, or this user may not read it.",
                    "Run the command in the project's root.",
                    e);
        }
        throw new UserError(
                "There are no workflows in " + directory + ".",
                "It has no .yml file.",
                "Run the command in the project's root.");
    }

    private void checkPredecessor(Workflow workflow) {
        workflow.runsAfter().ifPresent(before -> {
            Workflow other = byKey.get(before);
            if (other == null
                    || workflow.product().isEmpty()
                    || !other.product().equals(workflow.product())) {
                throw new UserError(
                        workflow.place() + " runs after '" + before + "', which is not a workflow of its product.",
                        "The tag runs_after orders the workflows of one product.",
                        "Correct the tags runs_after and product.");
            }
        });
    }

    /** All workflows, by key. */
    public List<Workflow> all() {
        return List.copyOf(byKey.values());
    }

    /**
     * The workflows of a product, each after the workflow in its tag {@code runs_after}, or the workflow of that key.
     */
    public List<Workflow> find(String name) {
        if (products().contains(name)) {
            return ofProduct(name);
        }
        if (byKey.containsKey(name)) {
            return List.of(byKey.get(name));
        }
        throw new UserError(
                "There is no product or workflow '" + name + "'.",
                "Products are " + words(products()) + "; workflows are " + words(byKey.keySet()) + ".",
                "Name one of these, or add a file to " + directory + ".");
    }

    /**
     * Some tasks of the workflows of a name. A workflow with none of them is left out.
     *
     * @param tasks keys of tasks; empty for all
     */
    public List<Workflow> find(String name, List<String> tasks) {
        List<Workflow> found = find(name);
        if (tasks.isEmpty()) {
            return found;
        }
        Set<String> known = found.stream()
                .flatMap(workflow -> workflow.tasks().stream())
                .map(WorkflowTask::key)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String task : tasks) {
            if (!known.contains(task)) {
                throw new UserError(
                        "There is no task '" + task + "' in " + name + ".",
                        "Its tasks are " + words(known) + ".",
                        "Name one of these.");
            }
        }
        return found.stream()
                .map(workflow -> workflow.only(tasks))
                .filter(workflow -> !workflow.tasks().isEmpty())
                .toList();
    }

    private static String words(Collection<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private Set<String> products() {
        Set<String> products = new TreeSet<>();
        byKey.values().forEach(workflow -> workflow.product().ifPresent(products::add));
        return products;
    }

    private List<Workflow> ofProduct(String product) {
        List<Workflow> waiting = new ArrayList<>(byKey.values().stream()
                .filter(workflow -> workflow.product().filter(product::equals).isPresent())
                .sorted(Comparator.comparing(Workflow::key))
                .toList());
        List<Workflow> order = new ArrayList<>();
        Set<String> done = new LinkedHashSet<>();
        while (!waiting.isEmpty()) {
            Workflow next = waiting.stream()
                    .filter(workflow -> workflow.runsAfter().map(done::contains).orElse(true))
                    .findFirst()
                    .orElseThrow(() -> new UserError(
                            "The workflows of " + product + " run after each other in a cycle.",
                            words(waiting.stream().map(Workflow::key).toList()) + " wait for one another.",
                            "Correct their tags runs_after."));
            waiting.remove(next);
            order.add(next);
            done.add(next.key());
        }
        return List.copyOf(order);
    }
}
