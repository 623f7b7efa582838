from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reach',
            name='cause',
            field=models.CharField(choices=[('lookup', 'Look-up at the counter'), ('call', 'Verified call'), ('cover', 'Cover for an absence'), ('approval', 'Touched by a proposal'), ('grant', 'Granted'), ('assignment', 'Backup or sponsor')], max_length=12, verbose_name='cause'),
        ),
    ]
