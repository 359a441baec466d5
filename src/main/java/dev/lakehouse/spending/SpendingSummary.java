package dev.lakehouse.spending;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Describes the totals in sentences. */
final class SpendingSummary {
    private SpendingSummary() {}

    static String of(List<Total> totals) {
        BigDecimal all = totals.stream().map(Total::spending).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (all.signum() == 0) {
            return "Nothing was spent.";
        }
        List<Total> ranked = totals.stream()
                .sorted(Comparator.comparing(Total::spending).reversed())
                .toList();
        Total most = ranked.get(0);
        Total next = ranked.get(1);
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%,.2f were spent in total. %s spent the most: %s.", all, name(most), share(most, all)));
        if (next.spending().signum() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    " That is %.1f times as much as %s, %s.",
                    most.spending().divide(next.spending(), 1, RoundingMode.HALF_UP),
                    name(next),
                    share(next, all)));
        }
        ranked.stream().skip(2).forEach(total -> text.append(" ")
                .append(name(total))
                .append(": ")
                .append(share(total, all))
                .append('.'));
        return text.toString();
    }

    private static String name(Total total) {
        return total.group().label();
    }

    private static String share(Total total, BigDecimal all) {
        BigDecimal percent = total.spending().multiply(BigDecimal.valueOf(100)).divide(all, 1, RoundingMode.HALF_UP);
        return String.format(Locale.ROOT, "%,.2f, %.1f %%", total.spending(), percent);
    }
}
