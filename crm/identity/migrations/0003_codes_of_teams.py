from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat


def name_by_number(apps, schema_editor):
    teams = apps.get_model("identity", "Team").objects
    teams.update(code=Concat(Value("team-"), Cast(F("pk"), models.TextField())))


class Migration(migrations.Migration):

    dependencies = [
        ("identity", "0002_reach_of_assignments"),
    ]

    operations = [
        migrations.AddField(
            model_name="team",
            name="code",
            field=models.CharField(default="", max_length=32, verbose_name="code"),
            preserve_default=False,
        ),
        migrations.RunPython(name_by_number, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="team",
            name="code",
            field=models.CharField(max_length=32, unique=True, verbose_name="code"),
        ),
    ]
