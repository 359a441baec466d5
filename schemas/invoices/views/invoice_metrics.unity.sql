-- Figures about invoices that readers, dashboards and alerts share: SELECT billing_currency, MEASURE(turnover) FROM
-- invoices.invoice_metrics GROUP BY ALL. Only Unity Catalog has metric views. Groups and numbers alone, and no column that is
-- masked or tagged as personal data, so readers may query it. Amounts mean something within one currency only.

CREATE OR REPLACE VIEW invoices.invoice_metrics
WITH METRICS
LANGUAGE YAML
AS $$
version: 1.1
comment: What was billed, by month, seller, currency and payment method
source: "`${catalog}`.invoices.fact_invoice"
dimensions:
  - name: invoice_month
    expr: trunc(invoice_date, 'MM')
    comment: First day of the month of the invoice
  - name: invoice_year
    expr: year(invoice_date)
    comment: Year of the invoice
  - name: seller
    expr: seller_name
    comment: Who sells
  - name: billing_currency
    expr: currency
    comment: Currency of all amounts, ISO 4217
  - name: paid_by
    expr: coalesce(payment_method, 'unknown')
    comment: How it is paid, by the payment terms of the invoice
measures:
  - name: invoices
    expr: count(1)
    comment: How many invoices
  - name: customers
    expr: count(DISTINCT member_number)
    comment: How many customers they are for
  - name: lines
    expr: sum(line_count)
    comment: How many lines they have
  - name: turnover
    expr: sum(total)
    comment: Sum of the purchase amounts
  - name: average_invoice
    expr: sum(total) / count(1)
    comment: Mean purchase amount
  - name: discount_share
    expr: try_divide(sum(discount_amount), sum(subtotal))
    comment: Discount in relation to the subtotal, 0.1 for ten per cent
  - name: still_to_pay
    expr: sum(balance_due) FILTER (WHERE balance_due > 0)
    comment: Sum of what is still to be paid
$$;

GRANT SELECT ON VIEW invoices.invoice_metrics TO `${reader_group}`;
