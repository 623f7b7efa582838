"""Rows that nobody may give to another customer, but for two records that a person made one."""

import pgtrigger

ALONG_A_MERGE = """
IF NOT EXISTS (
    SELECT FROM customers_merge m
    WHERE m.undone_at IS NULL AND m.absorbed_id = OLD.customer_id AND m.survivor_id = NEW.customer_id
       OR m.undone_at IS NOT NULL AND m.absorbed_id = NEW.customer_id AND m.survivor_id = OLD.customer_id
) THEN
    RAISE EXCEPTION 'a row of % goes to another customer only with a merge, or its undoing', TG_TABLE_NAME;
END IF;
RETURN NEW;
"""


def moves_with_merges(field: str = "customer", *, from_nobody: bool = False) -> pgtrigger.Trigger:
    """Lets `customer`, or another field that leads to one, change along a merge that stands, and back along one that is undone; where it
    may be nobody's at first, the customer may be found out, once."""
    known = pgtrigger.Condition(f"OLD.{field}_id IS NOT NULL AND OLD.{field}_id IS DISTINCT FROM NEW.{field}_id")
    return pgtrigger.Trigger(
        name="moves_with_merges" if field == "customer" else f"{field}_moves_with_merges",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=known if from_nobody else pgtrigger.AnyChange(field),
        func=ALONG_A_MERGE.replace("customer_id", f"{field}_id"),
    )


def said_once(name: str, given: str, *columns: str) -> pgtrigger.Trigger:
    """Once `given` (SQL over OLD) holds, these columns change no more; the row may still move with its customer."""
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return pgtrigger.Protect(
        name=name,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"{given} AND ({old}) IS DISTINCT FROM ({new})"),
    )
