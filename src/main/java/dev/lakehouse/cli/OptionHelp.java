package dev.lakehouse.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ScopeType;

/** Groups the options in a command's help under headings: first its own, then those of every command. */
final class OptionHelp implements IHelpSectionRenderer {
    private static final Pattern SERVER_OPTION = Pattern.compile("--(servers|mysql|s3|kafka)(-.*)?");

    private enum Heading {
        OWN(""),
        SERVERS("%nYour own servers%n"),
        COMMON("%nAll commands%n");

        private final String text;

        Heading(String text) {
            this.text = text;
        }

        static Heading of(OptionSpec option) {
            boolean isOwn = option.scopeType() == ScopeType.LOCAL && !option.usageHelp() && !option.versionHelp();
            if (isOwn) {
                return OWN;
            }
            return SERVER_OPTION.matcher(option.longestName()).matches() ? SERVERS : COMMON;
        }
    }

    private OptionHelp() {}

    /**
     * Groups the options in the help of a command and its subcommands; the synopsis shows {@code [OPTIONS]} for them.
     */
    static void group(CommandLine command) {
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionHelp());
        command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        command.setHelpSectionKeys(commandsFirst(command.getHelpSectionKeys()));
        command.getSubcommands().values().forEach(OptionHelp::group);
    }

    private static List<String> commandsFirst(List<String> sections) {
        List<String> order = new ArrayList<>(sections);
        List<String> commands =
                List.of(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
        order.removeAll(commands);
        order.addAll(order.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST), commands);
        return order;
    }

    @Override
    public String render(Help help) {
        Map<Heading, List<OptionSpec>> options = help.commandSpec().options().stream()
                .filter(option -> !option.hidden())
                .collect(Collectors.groupingBy(Heading::of));
        StringBuilder text = new StringBuilder();
        for (Heading heading : Heading.values()) {
            if (options.containsKey(heading)) {
                text.append(heading.text.formatted()).append(help.optionListExcludingGroups(options.get(heading)));
            }
        }
        return text.toString();
    }
}
