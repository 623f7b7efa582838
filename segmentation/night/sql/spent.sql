-- What the ledger holds of the month's waivers of the fee for the customer; what people waived by hand uses up no cap.
SELECT coalesce(sum(e.waived), 0) FROM segmentation_waiverentry e
WHERE e.line_id IS NOT NULL AND e.customer_id = x.customer_id AND e.fee_code = x.fee_code AND e.charged_on >= x.month
  AND e.charged_on < x.month + interval '1 month'
