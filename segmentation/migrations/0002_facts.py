"""The two slots of the facts, the view of the published one, and the month-end copies (docs/adr)."""

from django.db import migrations

COLUMNS = """
    currency varchar(3) NOT NULL,
    balance numeric(20, 4),
    aum_month_average numeric(20, 4),
    aum_weighted_average numeric(20, 4),
    loan_balance numeric(20, 4),
    mortgage_balance numeric(20, 4),
    credits_month numeric(20, 4),
    debits_month numeric(20, 4),
    payroll_month numeric(20, 4),
    transactions_month integer,
    accounts_held integer,
    products_held integer,
    first_opened_on date
"""

FACTS = f"""
CREATE TABLE segmentation_facts (
    slot smallint NOT NULL,
    customer_id bigint NOT NULL,
    {COLUMNS},
    PRIMARY KEY (slot, customer_id)
) PARTITION BY LIST (slot);
CREATE TABLE segmentation_facts_0 PARTITION OF segmentation_facts FOR VALUES IN (0) WITH (fillfactor = 50);
CREATE TABLE segmentation_facts_1 PARTITION OF segmentation_facts FOR VALUES IN (1) WITH (fillfactor = 50);
CREATE VIEW segmentation_currentfacts AS
    SELECT f.* FROM segmentation_facts f JOIN segmentation_published p ON p.slot = f.slot;
"""

MONTHS = f"""
CREATE TABLE segmentation_factsmonth (
    business_date date NOT NULL,
    customer_id bigint NOT NULL,
    {COLUMNS},
    PRIMARY KEY (business_date, customer_id)
) PARTITION BY RANGE (business_date);
CREATE FUNCTION segmentation_ensure_month(day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    month date := date_trunc('month', day);
    part text := 'segmentation_factsmonth_' || to_char(month, 'YYYY_MM');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('segmentation_ensure_month'));
    IF to_regclass(part) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF segmentation_factsmonth FOR VALUES FROM (%L) TO (%L)',
                       part, month, month + interval '1 month');
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, MAINTAIN ON %I TO %I', part, session_user);
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("segmentation", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FACTS, "DROP VIEW segmentation_currentfacts; DROP TABLE segmentation_facts;"
        ),
        migrations.RunSQL(
            MONTHS,
            "DROP FUNCTION segmentation_ensure_month(date); DROP TABLE segmentation_factsmonth;",
        ),
    ]
