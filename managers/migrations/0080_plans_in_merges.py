import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('managers', '0079_late_versions'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='customerplan',
            name='closed_once',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='planaction',
            name='only_its_closing_changes',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='customerplan',
            trigger=pgtrigger.compiler.Trigger(name='closed_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.closed_at IS NOT NULL AND (OLD.closed_at, OLD.closed_by_id, OLD.since, OLD.until, OLD.review_on) IS DISTINCT FROM (NEW.closed_at, NEW.closed_by_id, NEW.since, NEW.until, NEW.review_on))', func="\nIF NEW.closed_at IS NOT NULL OR (OLD.since, OLD.until, OLD.review_on) IS DISTINCT FROM (NEW.since, NEW.until, NEW.review_on)\nOR NOT EXISTS (\n    SELECT FROM customers_merge m\n    WHERE m.undone_at IS NOT NULL AND m.absorbed_id = NEW.customer_id AND m.at = OLD.closed_at\n) THEN\n    RAISE EXCEPTION 'a plan is closed once, and open again only where the merge that closed it is undone';\nEND IF;\nRETURN NEW;\n", hash='a6d42b8fc536aa14aa2ae369cb5ddb4646a850c4', operation='UPDATE', pgid='pgtrigger_closed_once_bde20', table='managers_customerplan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planaction',
            trigger=pgtrigger.compiler.Trigger(name='only_its_closing_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."set_at" IS DISTINCT FROM (NEW."set_at") OR OLD."set_by_id" IS DISTINCT FROM (NEW."set_by_id") OR OLD."who_id" IS DISTINCT FROM (NEW."who_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1a1f58f9b5cf58d06ab1370d3d484e46713cf633', operation='UPDATE', pgid='pgtrigger_only_its_closing_changes_bd8fc', table='managers_planaction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planaction',
            trigger=pgtrigger.compiler.Trigger(name='goes_on_in_a_merge', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."plan_id" IS DISTINCT FROM (NEW."plan_id"))', func="\nIF NOT EXISTS (\n    SELECT FROM customers_merge m\n    JOIN managers_customerplan o ON o.id = OLD.plan_id\n    JOIN managers_customerplan n ON n.id = NEW.plan_id\n    WHERE m.undone_at IS NULL AND m.absorbed_id = o.customer_id AND m.survivor_id = n.customer_id\n       OR m.undone_at IS NOT NULL AND m.absorbed_id = n.customer_id AND m.survivor_id = o.customer_id\n) THEN\n    RAISE EXCEPTION 'an action goes on in another plan only with a merge, or its undoing';\nEND IF;\nRETURN NEW;\n", hash='33e18964396fb6454e3f085c52dd199dcbb94c6e', operation='UPDATE', pgid='pgtrigger_goes_on_in_a_merge_1fccd', table='managers_planaction', when='BEFORE')),
        ),
    ]
