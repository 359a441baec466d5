package dev.lakehouse.cli;

import dev.lakehouse.sample.SampleTarget;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Whether a person watches, and what is shown to one. */
final class Terminal {
    private Terminal() {}

    /** The launcher knows whether the output goes to a terminal. */
    static boolean isThere() {
        return Boolean.getBoolean("lakehouse.terminal");
    }

    /** A line of results: a text as it is, or a form with its values. */
    static void say(String form, Object... values) {
        System.out.println(values.length == 0 ? form : String.format(Locale.ROOT, form, values));
    }

    /** A line that is not part of the results, so that those can be piped. */
    static void sayAside(String line) {
        System.err.println(line);
    }

    /** A progress bar on a terminal, nothing elsewhere. To be closed. */
    static Progress progress(String what, long rows) {
        if (!isThere()) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(rows)
                .setUnit(" rows", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .build());
    }

    /** Shows how many rows are done. */
    record Progress(ProgressBar bar) implements SampleTarget.Progress {
        @Override
        public void accept(long rows) {
            if (bar != null) {
                bar.stepTo(rows);
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
