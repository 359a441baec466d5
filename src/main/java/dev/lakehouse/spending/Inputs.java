package dev.lakehouse.spending;

import dev.lakehouse.load.Expectation;
import dev.lakehouse.source.files.CsvInput;
import dev.lakehouse.source.files.WholeNumber;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The inputs and the expectations of their rows. */
final class Inputs {
    static final CsvInput CUSTOMERS = new CsvInput(
            "customers",
            List.of("customer_id", "first_name", "last_name", "email", "age"),
            Map.of(),
            Map.of("customer_id", WholeNumber.Type.BIGINT, "age", WholeNumber.Type.INT));

    static final CsvInput PURCHASES = new CsvInput(
            "purchases",
            List.of("customer_id", "product", "price"),
            Map.of(),
            Map.of("customer_id", WholeNumber.Type.BIGINT));

    static final List<Expectation> CUSTOMER_EXPECTATIONS = customerId();

    static final List<Expectation> PURCHASE_EXPECTATIONS = Stream.concat(
                    customerId().stream(),
                    Stream.of(
                            given("price"),
                            // More decimals would have to be rounded, and amounts are never rounded silently.
                            new Expectation(
                                    "price is not an amount with at most two decimals",
                                    "csv.price IS NULL OR trim(csv.price) RLIKE"
                                            + " '^[+-]?[0-9]{1,16}(\\\\.[0-9]{1,2}0*)?$'"),
                            new Expectation(
                                    "price is negative", "csv.price IS NULL OR NOT trim(csv.price) RLIKE '^-.*[1-9]'")))
            .toList();

    private Inputs() {}

    private static Expectation given(String column) {
        return new Expectation(column + " is missing", "trim(csv." + column + ") <> ''");
    }

    private static List<Expectation> customerId() {
        return Stream.concat(
                        Stream.of(given("customer_id")),
                        Expectation.isWhole("customer_id", WholeNumber.Type.BIGINT).stream())
                .toList();
    }
}
