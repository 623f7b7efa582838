"""What the database promises about proposals: to the serving role, to the owner and to every superuser of the pages.

Nothing here knows a setting. Who is an approver is read from the row of the user at the moment of the decision.
"""

import pgtrigger
from django.db import models
from django.db.models import F

SEVEN_DAYS = "7 days"
FROZEN = (
    "kind", "title", "content", "content_hash", "base_version", "effect", "reason", "effective_from", "amount",
    "currency", "subject_user_id", "maker_id", "made_at", "made_on", "expires_at",
)  # fmt: skip

BEGINS = """
IF NEW.status <> 'open' THEN
    RAISE EXCEPTION 'A proposal begins open.' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""

KEEPS = f"""
IF OLD.status <> 'open' THEN
    RAISE EXCEPTION 'A decided proposal never changes.' USING ERRCODE = 'check_violation';
END IF;
IF ({", ".join(f"NEW.{column}" for column in FROZEN)})
    IS DISTINCT FROM ({", ".join(f"OLD.{column}" for column in FROZEN)}) THEN
    RAISE EXCEPTION 'What is proposed never changes.' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""

# an approver, or for the time of an absence the deputy of one; never one who gave the maker's role or login
DECIDES = """
IF NEW.decided_at < OLD.made_at OR NEW.decided_at >= OLD.expires_at THEN
    RAISE EXCEPTION 'A proposal is decided before it expires.' USING ERRCODE = 'check_violation';
END IF;
IF NEW.acting_for_id IS NULL AND NOT EXISTS (
    SELECT FROM identity_user WHERE id = NEW.checker_id AND is_active AND role = 'approver'
) OR NEW.acting_for_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM approvals_deputy AS deputy
    JOIN identity_user AS absent ON absent.id = deputy.approver_id AND absent.is_active AND absent.role = 'approver'
    JOIN identity_user AS present ON present.id = deputy.deputy_id AND present.is_active
        AND present.role IN ('approver', 'head')
    WHERE deputy.deputy_id = NEW.checker_id AND deputy.approver_id = NEW.acting_for_id
        AND deputy.starts_at <= NEW.decided_at AND NEW.decided_at < deputy.ends_at
) THEN
    RAISE EXCEPTION 'Only an approver or a deputy decides.' USING ERRCODE = 'check_violation';
END IF;
IF NEW.acting_for_id IN (NEW.maker_id, NEW.subject_user_id) THEN
    RAISE EXCEPTION 'A deputy decides nothing that the absent one could not.' USING ERRCODE = 'check_violation';
END IF;
IF EXISTS (
    SELECT FROM approvals_proposal AS given
    JOIN identity_user AS maker ON maker.username = given.content ->> 'username'
    WHERE maker.id = NEW.maker_id AND given.status = 'approved' AND given.kind IN ('role', 'login_reset')
        AND (NEW.checker_id IN (given.maker_id, given.checker_id)
             OR NEW.acting_for_id IN (given.maker_id, given.checker_id))
) THEN
    RAISE EXCEPTION 'Nobody decides for someone whose role or login they gave.' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""

PROPOSAL = [
    pgtrigger.Trigger(name="a_begins_open", operation=pgtrigger.Insert, when=pgtrigger.Before, func=BEGINS),
    pgtrigger.Trigger(name="b_keeps", operation=pgtrigger.Update, when=pgtrigger.Before, func=KEEPS),
    pgtrigger.Trigger(
        name="c_decides",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__status__in=["approved", "refused"]),
        func=DECIDES,
    ),
    pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
]

APPOINTS = """
IF NOT EXISTS (SELECT FROM identity_user WHERE id = NEW.approver_id AND is_active AND role = 'approver')
    OR NOT EXISTS (SELECT FROM identity_user WHERE id = NEW.appointed_by_id AND is_active AND role = 'approver')
    OR NOT EXISTS (SELECT FROM identity_user WHERE id = NEW.deputy_id AND is_active AND role IN ('approver', 'head'))
THEN
    RAISE EXCEPTION 'An approver appoints an approver or a head.' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""

SHORTENS = """
IF (NEW.approver_id, NEW.deputy_id, NEW.starts_at, NEW.appointed_by_id)
    IS DISTINCT FROM (OLD.approver_id, OLD.deputy_id, OLD.starts_at, OLD.appointed_by_id)
    OR NEW.ends_at > OLD.ends_at THEN
    RAISE EXCEPTION 'An appointment is only ended early.' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""

DEPUTY = [
    pgtrigger.Trigger(name="a_appoints", operation=pgtrigger.Insert, when=pgtrigger.Before, func=APPOINTS),
    pgtrigger.Trigger(name="b_shortens", operation=pgtrigger.Update, when=pgtrigger.Before, func=SHORTENS),
]


def seven_days() -> models.CheckConstraint:
    lasts = models.Value(SEVEN_DAYS)
    week = models.functions.Cast(lasts, models.DurationField())
    return models.CheckConstraint(condition=models.Q(expires_at=F("made_at") + week), name="proposal_lasts_seven_days")
