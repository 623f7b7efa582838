"""Money's rounding in SQL: the same as crm.base.money, which a test keeps equal."""

from django.db import migrations

MINOR_UNIT = """
CREATE FUNCTION minor_unit(currency text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW',
                          'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
        WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
        ELSE 2
    END
$$
"""

MONEY_ROUND = """
CREATE FUNCTION money_round(amount numeric, currency text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT round(amount, minor_unit(currency))
$$
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0001_extensions")]
    operations = [
        migrations.RunSQL(MINOR_UNIT, "DROP FUNCTION minor_unit(text)"),
        migrations.RunSQL(MONEY_ROUND, "DROP FUNCTION money_round(numeric, text)"),
    ]
