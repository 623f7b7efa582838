"""What opens tasks: for each kind a statement that asks who wants one, and one that says what has settled itself."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import ngettext

from managers.models import Task

SQL = Path(__file__).with_name("sql")


@dataclass(frozen=True)
class Opening:
    """`asked` selects customer_id, about, figures (jsonb), due_on of all that wants a task on %(day)s; `settled` the `about` of
    what wants none any more. Of each `about` of a kind there is one task, ever. `alert` says how many were opened. What concerns
    managers selects manager_id, and is opened by a statement of its own."""

    kind: Task.Kind
    asked: Path
    settled: Path
    alert: Callable[[int], str]
    opened: Path = SQL / "opened.sql"


def _refused(count: int) -> str:
    return ngettext(
        "The core refused %(count)s posting of a waived fee.",
        "The core refused %(count)s postings of waived fees.",
        count,
    )


def _changed(count: int) -> str:
    return ngettext("%(count)s change of a customer", "%(count)s changes of customers", count)


REFUSED_POSTINGS = Opening(
    Task.Kind.REFUSED_POSTING, SQL / "refused_postings.sql", SQL / "settled_postings.sql", _refused
)


def _renewals(count: int) -> str:
    return ngettext("%(count)s renewal of a company is due.", "%(count)s renewals of companies are due.", count)


def _alerts(count: int) -> str:
    return ngettext(
        "%(count)s figure of a company moved more than it should.",
        "%(count)s figures of companies moved more than they should.",
        count,
    )


def _ending(count: int) -> str:
    return ngettext(
        "%(count)s document of your customers ends soon or has ended.",
        "%(count)s documents of your customers end soon or have ended.",
        count,
    )


def _due(count: int) -> str:
    return ngettext(
        "%(count)s KYC review of your customers is due.", "%(count)s KYC reviews of your customers are due.", count
    )


def _guests(count: int) -> str:
    return ngettext("%(count)s guest of an event to follow up", "%(count)s guests of an event to follow up", count)


def _handed(count: int) -> str:
    return ngettext("%(count)s customer was handed over to you.", "%(count)s customers were handed over to you.", count)


def _checks(count: int) -> str:
    return ngettext("%(count)s check after a handover is due.", "%(count)s checks after handovers are due.", count)


def _losses(count: int) -> str:
    return ngettext(
        "The balance of %(count)s customer fell since the handover.",
        "The balances of %(count)s customers fell since the handover.",
        count,
    )


def _lapses(count: int) -> str:
    return ngettext(
        "%(count)s certificate ends soon or has ended.", "%(count)s certificates end soon or have ended.", count
    )


def _ends(count: int) -> str:
    return ngettext("%(count)s grant ends within 30 days.", "%(count)s grants end within 30 days.", count)


def _broken(count: int) -> str:
    return ngettext(
        "%(count)s condition of a grant was not kept.", "%(count)s conditions of grants were not kept.", count
    )


def _reviews(count: int) -> str:
    return ngettext("%(count)s advice is to be reviewed.", "%(count)s pieces of advice are to be reviewed.", count)


def _actions(count: int) -> str:
    return ngettext("%(count)s action of a plan is due.", "%(count)s actions of plans are due.", count)


def _looks_back(count: int) -> str:
    return ngettext("%(count)s plan is to be reviewed.", "%(count)s plans are to be reviewed.", count)


CHANGES = Opening(Task.Kind.CHANGE, SQL / "changes.sql", SQL / "settled_changes.sql", _changed)
RENEWALS = Opening(Task.Kind.RENEWAL, SQL / "renewals.sql", SQL / "settled_renewals.sql", _renewals)
FIGURE_ALERTS = Opening(Task.Kind.FIGURE_ALERT, SQL / "figure_alerts.sql", SQL / "settled_figures.sql", _alerts)
ENDING_DOCUMENTS = Opening(
    Task.Kind.DOCUMENT_EXPIRING, SQL / "ending_documents.sql", SQL / "settled_documents.sql", _ending
)
DUE_REVIEWS = Opening(Task.Kind.KYC_DUE, SQL / "due_reviews.sql", SQL / "settled_reviews.sql", _due)
FOLLOW_UPS = Opening(Task.Kind.EVENT_FOLLOW_UP, SQL / "event_follow_ups.sql", SQL / "settled_follow_ups.sql", _guests)
HANDED = (
    Opening(Task.Kind.HANDOVER_MEETING, SQL / "handover_meetings.sql", SQL / "settled_handovers.sql", _handed),
    Opening(Task.Kind.HANDOVER_CHECK, SQL / "handover_checks.sql", SQL / "settled_handovers.sql", _checks),
    Opening(Task.Kind.HANDOVER_LOSS, SQL / "handover_losses.sql", SQL / "settled_losses.sql", _losses),
)
LAPSES = Opening(
    Task.Kind.CERTIFICATE_LAPSE,
    SQL / "lapses.sql",
    SQL / "settled_lapses.sql",
    _lapses,
    SQL / "opened_for_managers.sql",
)
RESOURCE_ENDS = Opening(Task.Kind.RESOURCE_END, SQL / "resource_ends.sql", SQL / "settled_ends.sql", _ends)
BROKEN = Opening(Task.Kind.CONDITION_BROKEN, SQL / "broken_conditions.sql", SQL / "settled_conditions.sql", _broken)
ADVICE_REVIEWS = Opening(Task.Kind.ADVICE_REVIEW, SQL / "advice_reviews.sql", SQL / "settled_advice.sql", _reviews)
PLANS = (
    Opening(Task.Kind.PLAN_ACTION, SQL / "plan_actions.sql", SQL / "settled_plan_actions.sql", _actions),
    Opening(Task.Kind.PLAN_REVIEW, SQL / "plan_reviews.sql", SQL / "settled_plan_reviews.sql", _looks_back),
)
OPENINGS = (
    REFUSED_POSTINGS,
    RENEWALS,
    FIGURE_ALERTS,
    ENDING_DOCUMENTS,
    DUE_REVIEWS,
    CHANGES,
    FOLLOW_UPS,
    *HANDED,
    LAPSES,
    RESOURCE_ENDS,
    BROKEN,
    ADVICE_REVIEWS,
    *PLANS,
)
