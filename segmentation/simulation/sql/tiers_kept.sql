-- Keeps what the draft decided.
INSERT INTO segmentation_simulatedtier (
    simulation_id, customer_id, before, published, draft, outcome, months_below, balance, measure, currency
)
SELECT %(simulation)s, t.* FROM trial_tier t
