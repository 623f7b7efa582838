"""What closed months tell of customers: a partition per month, the beginnings of the fifths, and the view that reads both."""

import crm.base.money
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

KINDS = [("person", "Person"), ("company", "Company"), ("institution", "Institution")]
TABLE = """
CREATE TABLE segmentation_behaviourmonth (
    month date NOT NULL,
    customer_id bigint NOT NULL,
    kind varchar(12) NOT NULL,
    currency varchar(3) NOT NULL,
    last_moved_on date,
    moves integer NOT NULL,
    payments integer NOT NULL,
    turnover numeric,
    told_channel numeric,
    online numeric,
    told_country numeric,
    abroad numeric,
    salary numeric,
    leading_kind varchar(32),
    recency_days integer,
    transactions_year integer,
    turnover_year numeric(20, 4),
    slope_3_months numeric(20, 4),
    slope_6_months numeric(20, 4),
    trend_3_months numeric(24, 2),
    trend_6_months numeric(24, 2),
    main_channel varchar(12),
    digital_share numeric(5, 2),
    spending_kind varchar(32),
    payments_monthly numeric(24, 2),
    online_share numeric(5, 2),
    abroad_share numeric(5, 2),
    credit_use numeric(24, 2),
    salary_months integer,
    standing_orders integer,
    standing_amount numeric(20, 4),
    life_stage varchar(12),
    PRIMARY KEY (month, customer_id)
) PARTITION BY RANGE (month);
CREATE FUNCTION segmentation_ensure_behaviour(closing date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    since date;
    part text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('segmentation_ensure_behaviour'));
    FOR back IN 0..11 LOOP
        since := date_trunc('month', closing) - make_interval(months => back);
        part := 'segmentation_behaviourmonth_' || to_char(since, 'YYYY_MM');
        IF to_regclass(part) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF segmentation_behaviourmonth FOR VALUES FROM (%L) TO (%L)',
                           part, since, since + interval '1 month');
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, MAINTAIN ON %I TO %I', part, session_user);
        END IF;
    END LOOP;
END $$;
"""
VIEW = """
CREATE VIEW segmentation_behaviour AS
SELECT m.month, m.customer_id, m.kind, m.currency, m.last_moved_on, m.recency_days, m.transactions_year, m.turnover_year,
       1 + width_bucket(-m.recency_days, q.recency) AS recency_quintile,
       1 + width_bucket(m.transactions_year, q.frequency) AS frequency_quintile,
       1 + width_bucket(m.turnover_year, q.turnover) AS turnover_quintile,
       m.slope_3_months, m.slope_6_months, m.trend_3_months, m.trend_6_months, m.main_channel, m.digital_share,
       m.spending_kind, m.payments_monthly, m.online_share, m.abroad_share, m.credit_use, m.salary, m.salary_months,
       m.standing_orders, m.standing_amount, m.life_stage
FROM segmentation_behaviourmonth m LEFT JOIN segmentation_quintiles q ON q.month = m.month AND q.kind = m.kind;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0075_channel_country_limit"), ("segmentation", "0070_value")]
    operations = [
        migrations.CreateModel(
            name="Quintiles",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="month")),
                ("kind", models.CharField(choices=KINDS, max_length=12, verbose_name="customer kind")),
                (
                    "recency",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None, verbose_name="recency"
                    ),
                ),
                (
                    "frequency",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None, verbose_name="frequency"
                    ),
                ),
                (
                    "turnover",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=crm.base.money.MoneyField(decimal_places=4, max_digits=20),
                        size=None,
                        verbose_name="turnover",
                    ),
                ),
            ],
            options={
                "verbose_name": "fifths of a month",
                "verbose_name_plural": "fifths of a month",
                "ordering": ["-month", "kind"],
                "constraints": [
                    models.UniqueConstraint(fields=("month", "kind"), name="quintiles_once_a_month")
                ],
            },
        ),
        migrations.RunSQL(TABLE, "DROP FUNCTION segmentation_ensure_behaviour(date); DROP TABLE segmentation_behaviourmonth;"),
        migrations.RunSQL(VIEW, "DROP VIEW segmentation_behaviour;"),
        migrations.CreateModel(
            name='Behaviour',
            fields=[
                ('pk', models.CompositePrimaryKey('month', 'customer_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='month')),
                ('kind', models.CharField(choices=[('person', 'Person'), ('company', 'Company'), ('institution', 'Institution')], max_length=12, verbose_name='customer kind')),
                ('currency', crm.base.money.CurrencyField(max_length=3, verbose_name='currency')),
                ('last_moved_on', models.DateField(null=True, verbose_name='last transaction')),
                ('recency_days', models.IntegerField(null=True, verbose_name='days since the last transaction')),
                ('transactions_year', models.IntegerField(null=True, verbose_name='transactions in twelve months')),
                ('turnover_year', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='turnover in twelve months')),
                ('recency_quintile', models.IntegerField(null=True, verbose_name='recency fifth')),
                ('frequency_quintile', models.IntegerField(null=True, verbose_name='frequency fifth')),
                ('turnover_quintile', models.IntegerField(null=True, verbose_name='turnover fifth')),
                ('slope_3_months', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='slope over 3 months, per month')),
                ('slope_6_months', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='slope over 6 months, per month')),
                ('trend_3_months', models.DecimalField(decimal_places=2, max_digits=24, null=True, verbose_name='trend over 3 months, per month')),
                ('trend_6_months', models.DecimalField(decimal_places=2, max_digits=24, null=True, verbose_name='trend over 6 months, per month')),
                ('main_channel', models.CharField(choices=[('branch', 'Branch'), ('phone', 'Phone'), ('messenger', 'Messenger'), ('sms', 'SMS'), ('email', 'E-mail'), ('video', 'Video'), ('visit', 'Visit'), ('event', 'Event'), ('app', 'App')], max_length=12, null=True, verbose_name='channel used most')),
                ('digital_share', models.DecimalField(decimal_places=2, max_digits=24, null=True, verbose_name='share of digital contacts')),
                ('spending_kind', models.CharField(max_length=32, null=True, verbose_name='most frequent payment')),
                ('payments_monthly', models.DecimalField(decimal_places=2, max_digits=24, null=True, verbose_name='payments per month')),
                ('online_share', models.DecimalField(decimal_places=2, max_digits=24, null=True, verbose_name='share paid online')),
                ('abroad_share', models.DecimalField(decimal_places=2, max_digits=24, null=True, verbose_name='share paid abroad')),
                ('credit_use', models.DecimalField(decimal_places=2, max_digits=24, null=True, verbose_name='use of credit lines')),
                ('salary', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='salary of the closed month')),
                ('salary_months', models.IntegerField(null=True, verbose_name='months with salary of the last 3')),
                ('standing_orders', models.IntegerField(null=True, verbose_name='standing orders')),
                ('standing_amount', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='amount of the standing orders')),
                ('life_stage', models.CharField(choices=[('student', 'In education'), ('starting', 'Starting out'), ('family', 'Family'), ('peak', 'Peak earning years'), ('retired', 'Retired')], max_length=12, null=True, verbose_name='life stage')),
            ],
            options={
                'verbose_name': 'behaviour',
                'verbose_name_plural': 'behaviour',
                'db_table': 'segmentation_behaviour',
                'managed': False,
            },
        ),
    ]
