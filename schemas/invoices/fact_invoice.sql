-- Invoices, one row each: the latest document of each invoice number. Customer and addresses stand as on the invoice,
-- because that is what was billed, whatever the members table says today.
CREATE TABLE invoices.fact_invoice (
  invoice_number   STRING         NOT NULL COMMENT 'Number of the invoice; the key',
  invoice_date     DATE           NOT NULL COMMENT 'Date of the invoice',
  seller_name      STRING         NOT NULL COMMENT 'Who sells',
  seller_address   STRING                  COMMENT 'Street address of the seller',
  seller_city      STRING                  COMMENT 'City of the seller',
  member_number    STRING         NOT NULL COMMENT 'Number of the member who buys: the customer',
  bill_to_name     STRING                  COMMENT 'Who is billed',
  bill_to_address  STRING                  COMMENT 'Street address of the party billed',
  bill_to_city     STRING                  COMMENT 'City of the party billed',
  ship_to_name     STRING                  COMMENT 'Who receives the goods',
  ship_to_address  STRING                  COMMENT 'Street address of the recipient of the goods',
  ship_to_city     STRING                  COMMENT 'City of the recipient of the goods',
  po_number        STRING                  COMMENT 'Number of the purchase order',
  payment_method   STRING                  COMMENT 'How it is paid, by the payment terms of the invoice',
  currency         STRING         NOT NULL COMMENT 'Currency of all amounts of the invoice, ISO 4217',
  line_count       INT            NOT NULL COMMENT 'How many lines the invoice has in fact_invoice_line',
  subtotal         DECIMAL(18, 2) NOT NULL COMMENT 'Sum of the amounts of the lines',
  discount_percent DECIMAL(5, 2)           COMMENT 'Discount in percent of the subtotal; NULL where the invoice names no share',
  discount_amount  DECIMAL(18, 2) NOT NULL COMMENT 'Discount; 0 where there is none',
  total            DECIMAL(18, 2) NOT NULL COMMENT 'Purchase amount: the subtotal less the discount',
  amount_paid      DECIMAL(18, 2) NOT NULL COMMENT 'What was paid by the time of the document',
  balance_due      DECIMAL(18, 2) NOT NULL COMMENT 'What was still to be paid; negative where too much was paid',
  payment_due_days INT                     COMMENT 'Days within which payment is due, as far as the terms say',
  terms            STRING                  COMMENT 'Terms as the invoice words them',
  _file            STRING         NOT NULL COMMENT 'File of the document',
  _document        STRING         NOT NULL COMMENT 'SHA-256 of the document; equal documents are loaded once',
  _modified_at     TIMESTAMP      NOT NULL COMMENT 'When the file was last modified (UTC); of two documents the later one wins',
  _loaded_at       TIMESTAMP      NOT NULL COMMENT 'When the invoice was brought to its present state (UTC)'
)
USING DELTA
COMMENT 'Invoices, one row each: who bought when from whom, and what it came to'
CLUSTER BY (invoice_date, member_number)
TBLPROPERTIES (
  'delta.enableDeletionVectors' = 'true',
  'delta.enableChangeDataFeed' = 'true',
  'delta.dataSkippingStatsColumns' = 'invoice_number,invoice_date,member_number,currency,total,_document,_modified_at'
);

ALTER TABLE invoices.fact_invoice ADD CONSTRAINT keys_given CHECK (trim(invoice_number) <> '' AND trim(member_number) <> '');
ALTER TABLE invoices.fact_invoice ADD CONSTRAINT currency_is_iso_4217 CHECK (currency RLIKE '^[A-Z]{3}$');
ALTER TABLE invoices.fact_invoice ADD CONSTRAINT nothing_is_negative CHECK (line_count >= 0 AND subtotal >= 0 AND discount_amount >= 0 AND total >= 0 AND amount_paid >= 0);
ALTER TABLE invoices.fact_invoice ADD CONSTRAINT discount_is_its_share CHECK (discount_percent IS NULL OR (discount_percent BETWEEN 0 AND 100 AND abs(subtotal * discount_percent / 100 - discount_amount) < 0.01));
ALTER TABLE invoices.fact_invoice ADD CONSTRAINT total_is_subtotal_less_discount CHECK (total = subtotal - discount_amount);
ALTER TABLE invoices.fact_invoice ADD CONSTRAINT paid_and_balance_are_total CHECK (amount_paid + balance_due = total);
