"""Whose holdings or records changed: noted by the database as it changes them, so that a night may carry forward everybody
else's."""

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
PAST_NOTES = """
INSERT INTO customers_pastchange (since, {column}, of_rates, everything)
SELECT since, CASE WHEN count(*) <= {most} THEN array_agg(id) END, false, count(*) > {most}
FROM (SELECT DISTINCT coalesce(date_trunc('month', {since})::date, '1900-01-01') AS since, {key} AS id FROM {rows} AS rows) AS named
GROUP BY since;
RETURN NULL;
"""
RATES = """
INSERT INTO customers_pastchange (since, of_rates, everything)
SELECT date_trunc('month', min("on"))::date, true, false FROM {rows} AS rows HAVING count(*) > 0;
RETURN NULL;
"""
PAST_OF_ALL = """
INSERT INTO customers_pastchange (since, of_rates, everything) VALUES ('1900-01-01', false, true);
RETURN NULL;
"""
BOTH = "(SELECT * FROM former UNION ALL SELECT * FROM changed)"
DIFFERENT = "(SELECT n.id FROM changed n JOIN former o ON o.id = n.id WHERE ({new}) IS DISTINCT FROM ({old}))"
ALL = "INSERT INTO customers_holdingchange (everything) VALUES (true); RETURN NULL;"


class HoldingChange(models.Model):
    """What one statement changed: figures of `accounts`, what `customers` hold or are, or `everything`.

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


class PastChange(models.Model):
    """What one statement changed that may tell of a past month: of `accounts`, of `customers`, rates, or `everything`.

    All months from `since`, the first of one, may be told otherwise. `taken` as for changes of holdings.
    """

    since = models.DateField()
    accounts = ArrayField(models.BigIntegerField(), null=True)
    customers = ArrayField(models.BigIntegerField(), null=True)
    of_rates = models.BooleanField(default=False)
    everything = models.BooleanField(default=False)
    taken = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("change of the past")
        verbose_name_plural = _("changes of the past")

    def __str__(self) -> str:
        return str(self.pk)


def notes(column: str, key: str, *, may_pass_on: bool = False) -> list[pgtrigger.Trigger]:
    """Triggers that note every statement which adds, changes or deletes rows, once per statement.

    `may_pass_on`: an update may give the row to another, and then concerns both.
    """
    return _statements("notes", NOTES.format(column=column, key=key, rows="{rows}", most=MOST), both=may_pass_on)


def notes_record(*fields: str) -> list[pgtrigger.Trigger]:
    """A trigger that notes each statement which changes one of these fields of customers, for those whose fields differ."""
    new, old = (", ".join(f"{row}.{field}" for field in fields) for row in ("n", "o"))
    return [
        pgtrigger.Trigger(
            name="notes_record",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            referencing=pgtrigger.Referencing(old="former", new="changed"),
            func=NOTES.format(column="customers", key="id", rows=DIFFERENT.format(new=new, old=old), most=MOST),
        )
    ]


def notes_past(
    column: str, key: str, since: str, *, name: str = "past", inserts: bool = True
) -> list[pgtrigger.Trigger]:
    """Triggers that note since which month a statement may have changed what closed months tell.

    `key` and `since` are SQL over a row of the statement; before an update and after it.
    """
    func = PAST_NOTES.format(column=column, key=key, since=since, rows="{rows}", most=MOST)
    found = _statements(name, func, both=True)
    return found if inserts else found[1:]


def notes_rates() -> list[pgtrigger.Trigger]:
    return _statements("past", RATES, both=True)


def _statements(word: str, func: str, *, both: bool) -> list[pgtrigger.Trigger]:
    """One trigger for each kind of statement; `{rows}` in the text are the rows that it touched."""
    added, removed = (pgtrigger.Referencing(new="changed"), "changed"), (pgtrigger.Referencing(old="former"), "former")
    passed_on = pgtrigger.Referencing(old="former", new="changed"), BOTH
    kinds = {
        pgtrigger.Insert: added,
        pgtrigger.Update: passed_on if both else added,
        pgtrigger.Delete: removed,
    }
    return [
        pgtrigger.Trigger(
            name=f"{word}_{operation}".lower(),
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=func.format(rows=rows),
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


def notes_past_of_all(*fields: str) -> list[pgtrigger.Trigger]:
    """A trigger that notes that every month may be told otherwise, when one of these fields of any row changes."""
    return [
        pgtrigger.Trigger(
            name="past_of_all",
            level=pgtrigger.Row,
            when=pgtrigger.After,
            operation=pgtrigger.UpdateOf(*fields),
            condition=pgtrigger.AnyChange(*fields),
            func=PAST_OF_ALL,
        )
    ]
