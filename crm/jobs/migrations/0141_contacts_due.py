from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0140_assigning'),
    ]

    operations = [
        migrations.AlterField(
            model_name='run',
            name='kind',
            field=models.CharField(choices=[('night', 'Night'), ('import', 'Import'), ('simulation', 'Simulation'), ('waiver_check', 'Waiver check'), ('disclosure', 'Subject export'), ('assignment', 'Assignment of managers'), ('cadence', 'Contacts due by another plan')], max_length=12, verbose_name='kind'),
        ),
    ]
