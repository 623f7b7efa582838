-- Stages what is waived until the night is published.
INSERT INTO segmentation_stagedwaiver (
    charge_id, customer_id, account_id, fee_code, charged_on, tier_id, line_id, percent, amount, waived, currency, exemption, run_id
)
SELECT w.*, %(run)s FROM ({waived}) AS w
