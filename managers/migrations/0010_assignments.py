import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# whoever looks after a customer when books are opened has done so from that day on: nothing tells of earlier days
OPENED = f"""
INSERT INTO managers_assignment (customer_id, manager_id, role, since, reason, made_at)
SELECT id, manager_id, 'primary', (now() AT TIME ZONE '{settings.TIME_ZONE}')::date, '', now()
FROM customers_customer WHERE manager_id IS NOT NULL AND merged_into_id IS NULL AND erased_on IS NULL ORDER BY id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0142_long_pinyin'),
        ('managers', '0009_birthdays_and_jobs_erased'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('primary', 'Primary'), ('backup', 'Backup'), ('sponsor', 'Executive sponsor')], max_length=7, verbose_name='as')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('reason', models.CharField(blank=True, db_default='', max_length=300, verbose_name='reason')),
                ('made_at', models.DateTimeField(verbose_name='assigned at')),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='customers.customer', verbose_name='customer')),
                ('made_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assigned by')),
                ('manager', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='manager')),
            ],
            options={
                'verbose_name': 'assignment',
                'verbose_name_plural': 'assignments',
                'ordering': ['customer', 'role', '-since'],
                'indexes': [models.Index(fields=['customer', 'role', '-since'], name='assignment_of_customer'), models.Index(condition=models.Q(('until', None)), fields=['manager', 'role', 'customer'], name='assignment_of_book')],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('customer', '='), ('role', '='), (models.Func(models.F('since'), models.F('until'), function='daterange'), '&&')], name='assignment_one_per_day', violation_error_message='Somebody else looks after the customer in this role on some of these days.'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('since')), _connector='OR'), name='assignment_not_empty')],
            },
        ),
        migrations.RunSQL(OPENED, migrations.RunSQL.noop),
    ]
