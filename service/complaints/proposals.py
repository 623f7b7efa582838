"""The extension of a complaint as a proposal: content {"customer": number, "complaint": id}; of a complaint of nobody yet it is ""."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Kind
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from service.complaints.clock import last_day
from service.complaints.regimes import Regime
from service.complaints.services import EXTENSION, extend_approved, refuse_extension
from service.models import Complaint

MAKERS = frozenset({User.Role.MANAGER, User.Role.TELLER, User.Role.AGENT, User.Role.HEAD})


def _complaint(content: Any) -> Complaint:
    key = content.get("complaint") if isinstance(content, dict) and set(content) == {"customer", "complaint"} else None
    rows = Complaint.objects.select_related("ticket__customer", "ticket__caller", "ticket__about")
    is_key = isinstance(key, int) and not isinstance(key, bool) and 0 < key < 2**62
    found = rows.filter(pk=int(key)).first() if is_key and key else None
    if found is None or content["customer"] not in ("", number_of(found)):
        raise RuleBroken(_("There is no such complaint."), field="complaint")
    return found


def number_of(complaint: Complaint) -> str:
    return complaint.ticket.customer.number if complaint.ticket.customer else ""


def _customers(content: Any) -> list[int]:
    key = _complaint(content).ticket.customer_id
    return [key] if key else []


def _validate(content: Any) -> None:
    refuse_extension(_complaint(content))


def _in_reach(content: Any, by: User) -> None:
    if not Complaint.objects.visible_to(by).filter(pk=_complaint(content).pk).exists():
        raise RuleBroken(_("There is no such complaint."), field="complaint")


def _apply(proposal: Proposal, by: User) -> Complaint:
    assert proposal.decided_at
    return extend_approved(complaint=_complaint(proposal.content), proposal=proposal, by=by, at=proposal.decided_at)


def _sentences(proposal: Proposal) -> tuple[str, str]:
    found = _complaint(proposal.content)
    regime = Regime.parse(found.rules)
    extended = next(stage for stage in regime.stages if "approved" in stage.needs)
    words = {
        "complaint": found,
        "customer": found.ticket.who,
        "now": said_day(found.due_on),
        "then": said_day(last_day(found.received_on, extended, regime.country)),
    }
    return (
        _("%(complaint)s of %(customer)s is to be answered by %(then)s instead of %(now)s.") % words,
        _("It counts once the customer was told of it, by %(now)s at the latest.") % words,
    )


def _about(content: Any) -> int | None:
    return _complaint(content).ticket.about_id


KIND = Kind(
    EXTENSION, gettext_lazy("Extension of a complaint"), validate=_validate, apply=_apply, sentences=_sentences,
    customers=_customers, may_propose=_in_reach, subject=_about,
    makers=MAKERS, names_customers=True, is_kept_from_subject=True,
)  # fmt: skip
