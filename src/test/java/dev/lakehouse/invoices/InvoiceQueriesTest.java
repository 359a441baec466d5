package dev.lakehouse.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.table.SqlScript;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The three questions on invoices whose answers can be seen by eye. */
class InvoiceQueriesTest {
    private static TestLakehouse lakehouse;

    /** Number, date, customer, currency, total. */
    private static final String INVOICES = """
            ('i01', '2023-12-31', 'last year', 'HKD', 9000),
            ('i02', '2024-02-01', 'next month', 'HKD', 9000),
            ('i03', '2024-01-01', 'first day', 'HKD', 500),
            ('i04', '2024-01-31', 'last day', 'HKD', 400),
            ('i05', '2024-01-10', 'in two', 'HKD', 100),
            ('i06', '2024-01-20', 'in two', 'HKD', 200),
            ('i07', '2024-01-11', 'fourth', 'HKD', 50),
            ('i08', '2024-01-12', 'fifth a', 'HKD', 40),
            ('i09', '2024-01-12', 'fifth b', 'HKD', 40),
            ('i10', '2024-01-12', 'seventh', 'HKD', 39),
            ('i11', '2024-01-12', 'first day', 'USD', 7),
            ('i12', '2024-01-13', 'first day', 'USD', 7),
            ('i13', '2023-06-01', 'no lines', 'EUR', 0)""";

    /** Invoice, line, quantity. */
    private static final String LINES = """
            ('i01', 1, 11), ('i01', 2, 12), ('i02', 1, 10), ('i03', 1, 1), ('i03', 2, 11), ('i11', 1, 10),
            ('i12', 1, 9)""";

    @BeforeAll
    static void fill() {
        lakehouse = TestLakehouse.fresh();
        Tables tables = Tables.at(TestLakehouse.session(), lakehouse.warehouse());
        tables.open(new TableName("invoices", "fact_invoice"));
        tables.open(new TableName("invoices", "fact_invoice_line"));
        TestLakehouse.session().sql("""
                        INSERT INTO invoices.fact_invoice (invoice_number, invoice_date, seller_name, member_number,
                          currency, line_count, subtotal, discount_amount, total, amount_paid, balance_due, _file,
                          _document, _modified_at, _loaded_at)
                        SELECT number, day, 'shop', customer, currency, 0, total + 1, 1, total, total, 0, 'f', 'd',
                          current_timestamp(), current_timestamp()
                        FROM VALUES %s AS t(number, day, customer, currency, total)
                        """.formatted(INVOICES));
        TestLakehouse.session().sql("""
                        INSERT INTO invoices.fact_invoice_line
                        SELECT number, line, invoice_date, member_number, currency, 'item', quantity, 0, 0, 'd',
                          current_timestamp()
                        FROM VALUES %s AS t(number, line, quantity)
                        JOIN invoices.fact_invoice ON invoice_number = number
                        """.formatted(LINES));
    }

    @Test
    void theTopCustomersOfJanuaryAreThoseOfItsDaysWithAllThatShareTheFifthPlace() throws IOException {
        assertThat(answer("1_top_customers_january_2024.sql"))
                .containsExactly(
                        "HKD|1|first day|500.00",
                        "HKD|2|last day|400.00",
                        "HKD|3|in two|300.00",
                        "HKD|4|fourth|50.00",
                        "HKD|5|fifth a|40.00",
                        "HKD|5|fifth b|40.00",
                        "USD|1|first day|14.00");
    }

    @Test
    void anInvoiceCountsOnceWhereAQuantityIsAboveTenAndNotWhereItIsTen() throws IOException {
        assertThat(answer("2_invoices_with_a_quantity_above_10.sql")).containsExactly("EUR|0", "HKD|2", "USD|0");
    }

    @Test
    void theBestDateIsThatOfTheGreatestSumWithAllThatShareIt() throws IOException {
        assertThat(answer("3_best_date.sql"))
                .containsExactly(
                        "EUR|2023-06-01|0.00",
                        "HKD|2023-12-31|9000.00",
                        "HKD|2024-02-01|9000.00",
                        "USD|2024-01-12|7.00",
                        "USD|2024-01-13|7.00");
    }

    private static List<String> answer(String file) throws IOException {
        Path query = Path.of(System.getProperty("lakehouse.root"), "schemas/invoices/queries", file);
        List<String> statements = SqlScript.of(Files.readString(query)).statements();
        assertThat(statements).hasSize(1);
        return lakehouse.query(statements.get(0), Map.of("catalog", "spark_catalog"));
    }
}
