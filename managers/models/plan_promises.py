"""What the database promises of plans beyond their own rows: what a merge of two records may do to them, and its undoing."""

import pgtrigger

REOPENED = """
IF NEW.closed_at IS NOT NULL OR (OLD.since, OLD.until, OLD.review_on) IS DISTINCT FROM (NEW.since, NEW.until, NEW.review_on)
OR NOT EXISTS (
    SELECT FROM customers_merge m
    WHERE m.undone_at IS NOT NULL AND m.absorbed_id = NEW.customer_id AND m.at = OLD.closed_at
) THEN
    RAISE EXCEPTION 'a plan is closed once, and open again only where the merge that closed it is undone';
END IF;
RETURN NEW;
"""
ALONG_A_MERGE = """
IF NOT EXISTS (
    SELECT FROM customers_merge m
    JOIN managers_customerplan o ON o.id = OLD.plan_id
    JOIN managers_customerplan n ON n.id = NEW.plan_id
    WHERE m.undone_at IS NULL AND m.absorbed_id = o.customer_id AND m.survivor_id = n.customer_id
       OR m.undone_at IS NOT NULL AND m.absorbed_id = n.customer_id AND m.survivor_id = o.customer_id
) THEN
    RAISE EXCEPTION 'an action goes on in another plan only with a merge, or its undoing';
END IF;
RETURN NEW;
"""


def closed_once() -> pgtrigger.Trigger:
    columns = ("closed_at", "closed_by_id", "since", "until", "review_on")
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return pgtrigger.Trigger(
        name="closed_once",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"OLD.closed_at IS NOT NULL AND ({old}) IS DISTINCT FROM ({new})"),
        func=REOPENED,
    )


def goes_on_in_a_merge() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="goes_on_in_a_merge",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("plan"),
        func=ALONG_A_MERGE,
    )
