package dev.lakehouse.spending;

import dev.lakehouse.quality.Expectation;
import dev.lakehouse.source.files.CsvInput;
import java.util.List;

/** What is read, and what its rows fulfil. */
final class Inputs {
    static final CsvInput CUSTOMERS = new CsvInput(
            "customers",
            List.of("customer_id", "first_name", "last_name", "email", "age"),
            List.of(given("customer_id"), customerId()));

    static final CsvInput PURCHASES = new CsvInput(
            "purchases",
            List.of("customer_id", "product", "price"),
            List.of(
                    given("customer_id"),
                    customerId(),
                    given("price"),
                    // More decimals would be rounded, and money is not rounded in silence.
                    new Expectation(
                            "price is not an amount with at most two decimals",
                            "csv.price IS NULL OR trim(csv.price) RLIKE '^[+-]?[0-9]{1,16}(\\\\.[0-9]{1,2})?$'"),
                    new Expectation(
                            "price is negative", "csv.price IS NULL OR NOT trim(csv.price) RLIKE '^-.*[1-9]'")));

    private Inputs() {}

    private static Expectation given(String column) {
        return new Expectation(column + " is missing", "trim(csv." + column + ") <> ''");
    }

    private static Expectation customerId() {
        return new Expectation(
                "customer_id is not a whole number",
                "coalesce(trim(csv.customer_id), '') = '' OR try_cast(csv.customer_id AS BIGINT) IS NOT NULL");
    }
}
