package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.workflow.LocalVariables;
import dev.lakehouse.workflow.Workflows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The workflows of a project and their local values. */
final class ProjectCheck {
    private ProjectCheck() {}

    static void workflows(Path folder, CheckResults results) {
        List<UserError> refused = new ArrayList<>();
        int workflows = Workflows.read(folder, refused::add).all().size();
        refused.forEach(results::problem);
        if (refused.isEmpty()) {
            results.ok(workflows + " workflows in " + folder);
        }
    }

    static void variables(Path file, CheckResults results) {
        LocalVariables.read(file);
        results.ok(file + " can be read");
    }
}
