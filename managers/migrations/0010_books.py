import django.contrib.postgres.constraints
import django.contrib.postgres.fields
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
        ('identity', '0002_reach_of_assignments'),
        ('managers', '0009_birthdays_and_jobs_erased'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Manager',
            fields=[
            ],
            options={
                'verbose_name': 'relationship manager',
                'verbose_name_plural': 'relationship managers',
                'ordering': ['name', 'pk'],
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('identity.user',),
        ),
        migrations.CreateModel(
            name='ManagerProfile',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='book_profile', serialize=False, to=settings.AUTH_USER_MODEL, verbose_name='manager')),
                ('capacity', models.PositiveIntegerField(help_text='The most load: each customer counts by the weight of their tier.', verbose_name='capacity')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None, verbose_name='languages')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'profile of a manager',
                'verbose_name_plural': 'profiles of managers',
                'constraints': [models.CheckConstraint(condition=models.Q(('capacity__gt', 0)), name='manager_capacity_is_positive', violation_error_message='Somebody who can carry nothing has no book: say when they are away instead.')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('leave', 'Leave'), ('sick', 'Sick leave'), ('training', 'Training'), ('other', 'Other')], max_length=8, verbose_name='kind')),
                ('since', models.DateField(verbose_name='away from')),
                ('until', models.DateField(verbose_name='back on')),
                ('made_at', models.DateTimeField(verbose_name='recorded')),
                ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='covers', to=settings.AUTH_USER_MODEL, verbose_name='covered by')),
                ('made_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('manager', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL, verbose_name='manager')),
                ('reach', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='identity.reach')),
            ],
            options={
                'verbose_name': 'absence',
                'verbose_name_plural': 'absences',
                'ordering': ['-since', '-pk'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('manager', '='), (models.Func(models.F('since'), models.F('until'), function='daterange'), '&&')], name='absence_once_per_day', violation_error_message='The manager is away on some of these days already.'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='absence_not_empty')],
            },
        ),
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
                ('reach', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='identity.reach')),
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
