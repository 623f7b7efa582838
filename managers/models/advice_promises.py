"""What the database promises of advice that was handed over, however the rows come."""

import pgtrigger

# a version carries the next number; none is left out
FOLLOWS = """
IF NEW.number IS DISTINCT FROM (
    SELECT coalesce(max(v.number), 0) + 1 FROM managers_adviceversion v WHERE v.advice_id = NEW.advice_id)
THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'advice_version_follows_the_last',
        MESSAGE = 'a version carries the number after the last one';
END IF;
RETURN NEW;
"""
# when the transaction ends, a version has the lines that it counts: none comes later, and each suited the customer then
IS_WHOLE = """
IF EXISTS (
    SELECT FROM managers_adviceversion v LEFT JOIN managers_adviceline l ON l.version_id = v.id
    WHERE v.id = NEW.{key} GROUP BY v.id
    HAVING count(l.id) <> v.line_count OR bool_or(l.risk > v.level)
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'advice_version_is_whole',
        MESSAGE = 'a version of an advice has the lines with which it was handed over, and all of them suit the customer';
END IF;
RETURN NULL;
"""

# what never came to a version and was thrown away is nothing to go on with
IS_GONE = """
IF NOT EXISTS (SELECT FROM managers_adviceversion v WHERE v.advice_id = NEW.id) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'advice_thrown_away_for_good',
        MESSAGE = 'a draft that was thrown away before anything was handed over is not drafted again';
END IF;
RETURN NEW;
"""


def follows_the_last() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(name="follows_the_last", when=pgtrigger.Before, operation=pgtrigger.Insert, func=FOLLOWS)


def version_is_whole(key: str) -> pgtrigger.Trigger:
    """`key` leads to the version."""
    return pgtrigger.Trigger(
        name="version_is_whole",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        func=IS_WHOLE.format(key=key),
    )


def thrown_away_for_good() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="thrown_away_for_good",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__draft__isnull=True, new__draft__isnull=False),
        func=IS_GONE,
    )


def append_only() -> pgtrigger.Trigger:
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
