"""What the database promises of the history of opportunities, however the rows come: no step is missing and none is made up."""

import pgtrigger

# of the newest step the stage is the opportunity's, when the transaction ends
IS_WHOLE = """
IF EXISTS (
    SELECT FROM managers_opportunity o
    WHERE o.id = NEW.id AND o.stage IS DISTINCT FROM (
        SELECT m.to_stage FROM managers_stagemove m WHERE m.opportunity_id = o.id ORDER BY m.number DESC LIMIT 1)
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'opportunity_history_is_whole',
        MESSAGE = 'an opportunity changed its stage without a step in its history';
END IF;
RETURN NULL;
"""
# a step starts where the one before ended, and carries the next number
FOLLOWS = """
IF NOT (
    NEW.number = 1 AND NEW.from_stage = ''
    OR EXISTS (
        SELECT FROM managers_stagemove m
        WHERE m.opportunity_id = NEW.opportunity_id AND m.number = NEW.number - 1 AND m.to_stage = NEW.from_stage)
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stage_move_follows_the_last',
        MESSAGE = 'a step starts where the one before ended';
END IF;
RETURN NEW;
"""


def history_is_whole() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="history_is_whole",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("stage"),
        timing=pgtrigger.Deferred,
        func=IS_WHOLE,
    )


def follows_the_last() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(name="follows_the_last", when=pgtrigger.Before, operation=pgtrigger.Insert, func=FOLLOWS)
