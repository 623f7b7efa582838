"""Periods of a customer that may not overlap, where an exclusion constraint over all of them would cost too much.

Ended periods exclude each other, an open one is the only one of its key, and these triggers hold both apart (docs/adr).
"""

import pgtrigger

APART = """
PERFORM pg_advisory_xact_lock(hashtext('{lock}'));
IF EXISTS (
    SELECT FROM touched t JOIN {table} p ON {same} AND p.id <> t.id
    AND daterange(p.since, p.until) && daterange(t.since, t.until)
) THEN
    RAISE EXCEPTION '{sentence}'
        USING ERRCODE = 'exclusion_violation', CONSTRAINT = '{constraint}';
END IF;
RETURN NULL;
"""


def apart(*, table: str, key: tuple[str, ...], sentence: str, constraint: str, name: str) -> list[pgtrigger.Trigger]:
    """One look at all rows of a statement; whoever writes periods of the table at the same time waits."""
    same = " AND ".join(f"p.{column} = t.{column}" for column in key)
    lock = table.removeprefix("segmentation_").replace("period", " periods")
    func = APART.format(lock=lock, table=table, same=same, sentence=sentence, constraint=constraint)
    return [
        pgtrigger.Trigger(
            name=name + ending,
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(new="touched"),
            func=func,
        )
        for operation, ending in ((pgtrigger.Insert, ""), (pgtrigger.Update, "_still"))
    ]
