"""Value: its assumptions, and the months and years of each customer, partitioned by month (docs/adr)."""

import crm.base.money
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


LINES = """
    currency varchar(3),
    deposits numeric,
    loans numeric,
    fees numeric,
    waivers numeric,
    commissions numeric,
    activities numeric,
    losses numeric
"""
MONTHS = f"""
CREATE TABLE segmentation_valuemonth (
    month date NOT NULL, customer_id bigint NOT NULL, {LINES}, PRIMARY KEY (month, customer_id)
) PARTITION BY RANGE (month);
CREATE TABLE segmentation_valueyear (
    month date NOT NULL, customer_id bigint NOT NULL, {LINES}, value numeric, lifetime numeric, PRIMARY KEY (month, customer_id)
) PARTITION BY RANGE (month);
CREATE TABLE segmentation_stagedvalue (
    run_id bigint NOT NULL REFERENCES jobs_run (id) ON DELETE CASCADE, month date NOT NULL, customer_id bigint NOT NULL,
    is_gone boolean NOT NULL, {LINES}, PRIMARY KEY (run_id, month, customer_id)
);
CREATE FUNCTION segmentation_ensure_value_month(day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    month date := date_trunc('month', day);
    owner text;
    part text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('segmentation_ensure_value_month'));
    FOREACH owner IN ARRAY ARRAY['segmentation_valuemonth', 'segmentation_valueyear'] LOOP
        part := owner || '_' || to_char(month, 'YYYY_MM');
        IF to_regclass(part) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                           part, owner, month, month + interval '1 month');
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, MAINTAIN ON %I TO %I', part, session_user);
        END IF;
    END LOOP;
END $$;
"""
NONE = """
DROP FUNCTION segmentation_ensure_value_month(date);
DROP TABLE segmentation_stagedvalue, segmentation_valueyear, segmentation_valuemonth;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0001_proposals'),
        ('segmentation', '0080_small_balance'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StagedValue',
            fields=[
                ('currency', crm.base.money.CurrencyField(max_length=3, verbose_name='currency')),
                ('deposits', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='deposit margin')),
                ('loans', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='loan margin')),
                ('fees', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='fees')),
                ('waivers', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='waivers')),
                ('commissions', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='commissions')),
                ('activities', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='cost of activities')),
                ('losses', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='expected loss')),
                ('pk', models.CompositePrimaryKey('run_id', 'month', 'customer_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('is_gone', models.BooleanField()),
            ],
            options={
                'db_table': 'segmentation_stagedvalue',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='ValueMonth',
            fields=[
                ('currency', crm.base.money.CurrencyField(max_length=3, verbose_name='currency')),
                ('deposits', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='deposit margin')),
                ('loans', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='loan margin')),
                ('fees', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='fees')),
                ('waivers', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='waivers')),
                ('commissions', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='commissions')),
                ('activities', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='cost of activities')),
                ('losses', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='expected loss')),
                ('pk', models.CompositePrimaryKey('month', 'customer_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='month')),
            ],
            options={
                'verbose_name': 'value of a month',
                'verbose_name_plural': 'values of a month',
                'db_table': 'segmentation_valuemonth',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='ValueYear',
            fields=[
                ('currency', crm.base.money.CurrencyField(max_length=3, verbose_name='currency')),
                ('deposits', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='deposit margin')),
                ('loans', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='loan margin')),
                ('fees', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='fees')),
                ('waivers', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='waivers')),
                ('commissions', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='commissions')),
                ('activities', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='cost of activities')),
                ('losses', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='expected loss')),
                ('pk', models.CompositePrimaryKey('month', 'customer_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='month')),
                ('value', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='value per year')),
                ('lifetime', crm.base.money.MoneyField(decimal_places=4, max_digits=20, null=True, verbose_name='lifetime value')),
            ],
            options={
                'verbose_name': 'value of a year',
                'verbose_name_plural': 'values of a year',
                'db_table': 'segmentation_valueyear',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='ValueVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='version')),
                ('effective_from', models.DateField(error_messages={'unique': 'Value assumptions that take effect on this day are published already.'}, unique=True, verbose_name='effective from')),
                ('content', models.JSONField(verbose_name='content')),
                ('content_hash', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField(auto_now_add=True, verbose_name='published at')),
                ('proposal', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='approvals.proposal')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'value assumptions',
                'verbose_name_plural': 'value assumptions',
                'ordering': ['-number'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='valueversion',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b9c5bd962e65fc24bab00a50ddcb45a77c5d7541', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_31306', table='segmentation_valueversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='valueversion',
            trigger=pgtrigger.compiler.Trigger(name='four_eyes', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.proposal_id IS NULL THEN\n    IF NOT NOT EXISTS (\n    SELECT FROM approvals_proposal WHERE status = 'approved' AND kind IN ('tier_scheme', 'waiver_policy', 'segment', 'value')\n) THEN\n        RAISE EXCEPTION 'Policies now change by proposal alone.' USING ERRCODE = 'check_violation';\n    END IF;\nELSIF NOT EXISTS (\n    SELECT FROM approvals_proposal AS proposal\n    WHERE proposal.id = NEW.proposal_id AND proposal.status = 'approved' AND proposal.kind = 'value'\n        AND proposal.content = NEW.content AND proposal.content_hash = NEW.content_hash\n        AND coalesce(proposal.effective_from, NEW.effective_from) = NEW.effective_from\n) THEN\n    RAISE EXCEPTION 'No approved proposal says this version.' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='868fd9a52f9ceb84125b709c6b5c14f6871ee5da', operation='INSERT', pgid='pgtrigger_four_eyes_cde88', table='segmentation_valueversion', when='BEFORE')),
        ),
        migrations.RunSQL(MONTHS, NONE),
    ]
