"""By which channel and in which country a payment was made, where the core tells; and the limit of a credit line."""

from django.db import migrations, models

import crm.base.money

FORTH = """
ALTER TABLE customers_transaction
    ADD COLUMN channel varchar(12) NOT NULL DEFAULT '', ADD COLUMN country varchar(2) NOT NULL DEFAULT '';
"""
BACK = "ALTER TABLE customers_transaction DROP COLUMN channel, DROP COLUMN country;"


class Migration(migrations.Migration):
    dependencies = [("customers", "0090_suitability_and_consent")]
    operations = [
        migrations.RunSQL(FORTH, BACK),
        migrations.AddField(
            "account",
            "credit_limit",
            crm.base.money.MoneyField(
                blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="credit limit"
            ),
        ),
        migrations.AddConstraint(
            "account",
            models.CheckConstraint(
                condition=models.Q(credit_limit__isnull=True) | models.Q(credit_limit__gte=0),
                name="account_limit_not_negative",
            ),
        ),
    ]
