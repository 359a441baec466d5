package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a line, as sh reads them: separated by blanks, with text in single quotes as it is, and a backslash before a
 * character that stands for itself; in double quotes it does so only before a double quote and a backslash. After a word, #
 * starts a comment. Nothing is replaced.
 */
final class ShellWords {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private StringBuilder word;

    private ShellWords(String line) {
        this.line = line;
    }

    static List<String> of(String line) {
        return new ShellWords(line).read();
    }

    private List<String> read() {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isWhitespace(c)) {
                end();
            } else if (c == '#' && word == null) {
                break;
            } else if (c == '\'' || c == '"') {
                i = quoted(i + 1, c);
            } else {
                if (c == '\\' && i < line.length() - 1) {
                    i++;
                }
                add(line.charAt(i));
            }
        }
        end();
        return List.copyOf(words);
    }

    /** Adds what is quoted from there on, and returns the place of the closing quote. */
    private int quoted(int from, char quote) {
        word = word == null ? new StringBuilder() : word; // also ''
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == quote) {
                return i;
            }
            boolean isEscape = c == '\\'
                    && quote == '"'
                    && i < line.length() - 1
                    && (line.charAt(i + 1) == '"' || line.charAt(i + 1) == '\\');
            if (isEscape) {
                i++;
            }
            add(line.charAt(i));
        }
        throw new UserError(
                "The line cannot be read as a command.",
                "A quotation mark is not closed: " + line,
                "Write each command on a line of its own, and close the quotation.");
    }

    private void add(char c) {
        word = word == null ? new StringBuilder() : word;
        word.append(c);
    }

    private void end() {
        if (word != null) {
            words.add(word.toString());
            word = null;
        }
    }
}
