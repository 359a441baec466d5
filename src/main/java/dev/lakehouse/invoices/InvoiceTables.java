package dev.lakehouse.invoices;

import dev.lakehouse.table.TableName;
import java.util.List;

/** The product's tables and their keys. */
final class InvoiceTables {
    static final TableName INVOICE = new TableName("invoices", "fact_invoice");
    static final List<String> INVOICE_KEY = List.of("invoice_number");

    static final TableName LINE = new TableName("invoices", "fact_invoice_line");
    static final List<String> LINE_KEY = List.of("invoice_number", "line_number");

    static final TableName MEMBER_NUMBER = new TableName("invoices", "member_number");
    static final List<String> MEMBER_NUMBER_KEY = List.of("member_number");

    static final TableName QUARANTINE = new TableName("invoices", "invoices_quarantine");
    static final List<String> QUARANTINE_KEY = List.of("_file");

    /** What both facts are clustered by. */
    static final List<String> FACT_ORDER = List.of("invoice_date", "member_number");

    private InvoiceTables() {}
}
