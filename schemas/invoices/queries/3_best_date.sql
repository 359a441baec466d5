-- The date with the highest total purchase amount, for each currency: all invoices of a date together, after discount.
-- Where several dates share the highest amount, all of them are in.
-- Pasted into the SQL editor, it asks for the parameter catalog: the catalogue of the deployment, such as prod.
WITH purchases AS (
  SELECT
    currency,
    invoice_date,
    sum(total) AS total_purchase_amount
  FROM IDENTIFIER(:catalog || '.invoices.fact_invoice')
  GROUP BY currency, invoice_date
),
ranked AS (
  SELECT
    *,
    rank() OVER (PARTITION BY currency ORDER BY total_purchase_amount DESC) AS place
  FROM purchases
)
SELECT currency, invoice_date, total_purchase_amount
FROM ranked
WHERE place = 1
ORDER BY currency, invoice_date;
