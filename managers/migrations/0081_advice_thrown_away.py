import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('managers', '0080_plans_in_merges'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='advice',
            trigger=pgtrigger.compiler.Trigger(name='thrown_away_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."draft" IS NOT NULL AND OLD."draft" IS NULL)', func="\nIF NOT EXISTS (SELECT FROM managers_adviceversion v WHERE v.advice_id = NEW.id) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'advice_thrown_away_for_good',\n        MESSAGE = 'a draft that was thrown away before anything was handed over is not drafted again';\nEND IF;\nRETURN NEW;\n", hash='f9b104d85a74d4738bf9e306c0045798a33e7e1d', operation='UPDATE', pgid='pgtrigger_thrown_away_for_good_d6810', table='managers_advice', when='BEFORE')),
        ),
    ]
