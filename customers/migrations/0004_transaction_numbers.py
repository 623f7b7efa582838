"""On which date each transaction number is booked (docs/adr), and the products with which a new bank starts."""

from django.db import migrations

NUMBER_KEY = """
CREATE FUNCTION customers_number_key(number text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN length(number) < 19 AND translate(number, '0123456789', '') = '' AND number > '0' THEN number::bigint
        ELSE hashtextextended(number, 0)
    END
$$
"""

NUMBERS = """
CREATE TABLE customers_transactionnumber (
    key bigint NOT NULL,
    booked_on date NOT NULL,
    PRIMARY KEY (key, booked_on)
);
COMMENT ON TABLE customers_transactionnumber IS
    'Where to look for a transaction number: numbers may share a key, so customers_transaction has the last word';
INSERT INTO customers_transactionnumber (key, booked_on)
SELECT customers_number_key(number), booked_on FROM customers_transaction ON CONFLICT DO NOTHING;
"""

PRODUCTS = """
INSERT INTO customers_product (code, name, family, currency, risk, coefficient) VALUES
    ('current', 'Current account', 'deposit', '', 1, 1),
    ('savings', 'Savings account', 'deposit', '', 1, 1),
    ('time_deposit', 'Time deposit', 'deposit', '', 1, 1),
    ('fund', 'Fund', 'fund', '', 3, 1),
    ('insurance', 'Insurance', 'insurance', '', 2, 1),
    ('loan', 'Loan', 'loan', '', 1, 1),
    ('mortgage', 'Mortgage', 'mortgage', '', 1, 1),
    ('card', 'Credit card', 'card', '', 1, 1)
ON CONFLICT (code) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_transactions")]
    operations = [
        migrations.RunSQL(NUMBER_KEY, "DROP FUNCTION customers_number_key(text)"),
        migrations.RunSQL(NUMBERS, "DROP TABLE customers_transactionnumber"),
        migrations.RunSQL(PRODUCTS, migrations.RunSQL.noop),
    ]
