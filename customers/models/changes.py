"""Whose holdings changed: noted by the database as it changes them, so that a night may carry forward everybody else's."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

# so many ids are 8 MB; nobody reads a list longer than that rather than everything
MOST = 1_000_000
NOTES = """
INSERT INTO customers_holdingchange ({column}, everything)
SELECT CASE WHEN count(*) <= {most} THEN array_agg(id) END, count(*) > {most}
FROM (SELECT DISTINCT {key} AS id FROM {rows} AS rows) AS named HAVING count(*) > 0;
RETURN NULL;
"""
BOTH = "(SELECT * FROM former UNION ALL SELECT * FROM changed)"
ALL = "INSERT INTO customers_holdingchange (everything) VALUES (true); RETURN NULL;"


class HoldingChange(models.Model):
    """What one statement changed: figures of `accounts`, what `customers` hold, or `everything`.

    `taken` is the number of the taking that summed it up for a night; NULL where none has (customers/changes.py).
    """

    accounts = ArrayField(models.BigIntegerField(), null=True)
    customers = ArrayField(models.BigIntegerField(), null=True)
    everything = models.BooleanField(default=False)
    taken = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("change of holdings")
        verbose_name_plural = _("changes of holdings")

    def __str__(self) -> str:
        return str(self.pk)


def notes(column: str, key: str, *, may_pass_on: bool = False) -> list[pgtrigger.Trigger]:
    """Triggers that note every statement which adds, changes or deletes rows, once per statement.

    `may_pass_on`: an update may give the row to another, and then concerns both.
    """
    added, removed = (pgtrigger.Referencing(new="changed"), "changed"), (pgtrigger.Referencing(old="former"), "former")
    passed_on = pgtrigger.Referencing(old="former", new="changed"), BOTH
    kinds = {
        pgtrigger.Insert: added,
        pgtrigger.Update: passed_on if may_pass_on else added,
        pgtrigger.Delete: removed,
    }
    return [
        pgtrigger.Trigger(
            name=f"notes_{operation}".lower(),
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=NOTES.format(column=column, key=key, rows=rows, most=MOST),
        )
        for operation, (referencing, rows) in kinds.items()
    ]


def notes_everything(*fields: str) -> list[pgtrigger.Trigger]:
    """A trigger that notes everything when one of these fields of any row changes."""
    return [
        pgtrigger.Trigger(
            name="notes_everything",
            level=pgtrigger.Row,
            when=pgtrigger.After,
            operation=pgtrigger.UpdateOf(*fields),
            condition=pgtrigger.AnyChange(*fields),
            func=ALL,
        )
    ]
