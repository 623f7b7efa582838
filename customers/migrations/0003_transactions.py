"""Transactions by month. Months are made by `customers_ensure_months`, which imports may call and only the owner is."""

from django.db import migrations

TABLE = """
CREATE TABLE customers_transaction (
    booked_on date NOT NULL,
    number varchar(64) NOT NULL,
    account_id bigint NOT NULL REFERENCES customers_account (id),
    amount numeric(20, 4) NOT NULL,
    kind varchar(32) NOT NULL DEFAULT '',
    counterparty varchar(120) NOT NULL DEFAULT '',
    description varchar(200) NOT NULL DEFAULT '',
    PRIMARY KEY (booked_on, number)
) PARTITION BY RANGE (booked_on);
CREATE INDEX customers_transaction_of_account ON customers_transaction (account_id, booked_on) INCLUDE (amount);
CREATE TABLE customers_transaction_default PARTITION OF customers_transaction DEFAULT;
"""

ENSURE = """
CREATE FUNCTION customers_ensure_months(first date, last date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    month date := date_trunc('month', first);
    made integer := 0;
    part text;
BEGIN
    IF last - first > 36600 THEN
        RAISE EXCEPTION 'months from % to % are more than a century', first, last;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('customers_ensure_months'));
    WHILE month <= last LOOP
        part := 'customers_transaction_' || to_char(month, 'YYYY_MM');
        IF to_regclass(part) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF customers_transaction FOR VALUES FROM (%L) TO (%L)',
                           part, month, month + interval '1 month');
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, MAINTAIN ON %I TO %I', part, session_user);
            made := made + 1;
        END IF;
        month := month + interval '1 month';
    END LOOP;
    RETURN made;
END $$;
"""

SEARCH = """
CREATE INDEX customers_name_grams ON customers_customer USING gin (grams(name));
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_rollups")]
    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE customers_transaction"),
        migrations.RunSQL(ENSURE, "DROP FUNCTION customers_ensure_months(date, date)"),
        migrations.RunSQL(SEARCH, "DROP INDEX customers_name_grams"),
    ]
