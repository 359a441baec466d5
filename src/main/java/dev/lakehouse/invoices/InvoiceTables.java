package dev.lakehouse.invoices;

import dev.lakehouse.load.KeyedTable;

/** The product's tables; their columns are described in {@code schemas/invoices}. */
public final class InvoiceTables {
    public static final KeyedTable INVOICE =
            KeyedTable.of("invoices", "fact_invoice", "invoice_number").sortedBy("invoice_date", "member_number");
    static final KeyedTable LINE = KeyedTable.of("invoices", "fact_invoice_line", "invoice_number", "line_number")
            .sortedBy("invoice_date", "member_number");
    static final KeyedTable MEMBER_NUMBER = KeyedTable.of("invoices", "member_number", "member_number");
    static final KeyedTable QUARANTINE = KeyedTable.of("invoices", "invoices_quarantine", "_file");

    private InvoiceTables() {}
}
