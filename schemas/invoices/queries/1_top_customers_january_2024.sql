-- The 5 customers with the highest total purchase amount in January 2024, for each currency.
-- A customer is a member number; a purchase amount is the total of an invoice, after discount. Customers whose amount
-- equals that of the fifth are in as well.
-- Pasted into the SQL editor, it asks for the parameter catalog: the catalogue of the deployment, such as prod.
WITH purchases AS (
  SELECT
    currency,
    member_number,
    sum(total) AS total_purchase_amount
  FROM IDENTIFIER(:catalog || '.invoices.fact_invoice')
  WHERE invoice_date >= DATE'2024-01-01' AND invoice_date < DATE'2024-02-01'
  GROUP BY currency, member_number
),
ranked AS (
  SELECT
    *,
    rank() OVER (PARTITION BY currency ORDER BY total_purchase_amount DESC) AS place
  FROM purchases
)
SELECT currency, place, member_number, total_purchase_amount
FROM ranked
WHERE place <= 5
ORDER BY currency, place, member_number;
