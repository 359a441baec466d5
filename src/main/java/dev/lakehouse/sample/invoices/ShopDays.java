package dev.lakehouse.sample.invoices;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The days of the two years around January 2024 on which a shop sells. Busy days occur several times. */
final class ShopDays {
    static final LocalDate FIRST = LocalDate.parse("2023-01-01");
    static final LocalDate LAST = LocalDate.parse("2024-12-31");

    private static final Map<MonthDay, Integer> SALES =
            Map.of(MonthDay.of(11, 11), 20, MonthDay.of(12, 26), 12, MonthDay.of(1, 2), 8);
    private static final Map<DayOfWeek, Integer> WEEK =
            Map.of(DayOfWeek.FRIDAY, 3, DayOfWeek.SATURDAY, 5, DayOfWeek.SUNDAY, 4);

    private ShopDays() {}

    /** Offsets from the first day. Busy days occur several times. */
    static List<Integer> byShare() {
        return IntStream.range(0, (int) (LAST.toEpochDay() - FIRST.toEpochDay()) + 1)
                .flatMap(day -> IntStream.generate(() -> day).limit(share(FIRST.plusDays(day))))
                .boxed()
                .toList();
    }

    private static int share(LocalDate day) {
        int week = WEEK.getOrDefault(day.getDayOfWeek(), 2);
        int season = day.getMonthValue() >= 11 ? 2 * week : week;
        return SALES.getOrDefault(MonthDay.from(day), season);
    }
}
