-- The number of invoices with at least one line whose quantity is greater than 10, for each currency.
-- Pasted into the SQL editor, it asks for the parameter catalog: the catalogue of the deployment, such as prod.
SELECT
  invoice.currency,
  count(line.invoice_number) AS invoices
FROM IDENTIFIER(:catalog || '.invoices.fact_invoice') AS invoice
LEFT JOIN (
  SELECT DISTINCT invoice_number
  FROM IDENTIFIER(:catalog || '.invoices.fact_invoice_line')
  WHERE quantity > 10
) AS line ON line.invoice_number = invoice.invoice_number
GROUP BY invoice.currency
ORDER BY invoice.currency;
