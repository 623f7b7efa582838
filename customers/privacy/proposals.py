"""Erasures as proposals: the head asks, somebody else says yes, and sees before it happens what will be gone.

Content: {"customer": number, "erasure": id, "kept_until": "2036-01-31" or ""}.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Details, Effect, Kind
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from customers.models import Customer, Erasure
from customers.privacy.erasing import by_category, counted, erase
from customers.privacy.holds import KIND, holds_of
from customers.privacy.reading import stays

KEYS = {"customer", "erasure", "kept_until"}


def erasure_of(content: Any) -> Erasure:
    if not isinstance(content, dict) or set(content) != KEYS:
        raise RuleBroken(_("An erasure is proposed from the request of the customer."), field="content")
    key, rows = content["erasure"], Erasure.objects.select_related("customer", "branch", "proposal")
    found = rows.filter(pk=key).first() if isinstance(key, int) and not isinstance(key, bool) else None
    if found is None or found.customer.number != content["customer"]:
        raise RuleBroken(_("There is no such request."), field="erasure")
    return found


def content_of(erasure: Erasure, *, on: date) -> Content:
    until = holds_of(erasure.customer, on=on).until
    return {
        "customer": erasure.customer.number,
        "erasure": erasure.pk,
        "kept_until": until.isoformat() if until else "",
    }


def may_propose(content: Content, by: User) -> None:
    """Nobody proposes about a request out of reach, nor learns whether there is one; nobody twice, and no two at once."""
    key = content.get("erasure") if isinstance(content, dict) else None
    found = Erasure.objects.visible_to(by).filter(pk=key).first() if isinstance(key, int) else None
    if found is None:
        raise RuleBroken(_("There is no such request."), field="erasure")
    if Erasure.objects.for_change(found).is_proposed:
        raise RuleBroken(_("This erasure waits for an approver already."))


def validate(content: Content) -> None:
    erasure, today = erasure_of(content), timezone.localdate()
    if not erasure.is_open:
        raise RuleBroken(_("This request is answered already."))
    if reasons := holds_of(erasure.customer, on=today).reasons:
        raise RuleBroken(_("Not now. %(why)s") % {"why": " ".join(reasons)})
    if content != content_of(erasure, on=today):
        raise RuleBroken(_("The law keeps who the customer was until another day than this."), field="kept_until")


def title(content: Content, said: str) -> str:
    """By number, whatever it was called: it is told to others once the name is gone."""
    return _("Erase customer %(number)s") % {"number": content["customer"]}


def made(proposal: Proposal) -> None:
    Erasure.objects.filter(pk=proposal.content["erasure"]).update(proposal=proposal)


def base(content: Content, effective_from: Any) -> str:
    """Another day until which a law keeps what it keeps overtakes the proposal."""
    erasure = erasure_of(content)
    until = holds_of(erasure.customer, on=timezone.localdate()).until if erasure.is_open else None
    return f"erasure:{erasure.pk}:{erasure.state}:{until or ''}"


def simulate(content: Content) -> Effect:
    """How many rows of each part go, under the name of the category, and until when the rest is sealed."""
    return {"_counts": by_category(counted(erasure_of(content).customer))}


def details(proposal: Proposal) -> Details | None:
    """While it is open, part by part; afterwards what was taken stands with the request."""
    erasure = erasure_of(proposal.content)
    lines = counted(erasure.customer) if proposal.is_open else []
    context = {"erasure": erasure, "lines": lines, "kept_until": proposal.content["kept_until"], "stays": stays()}
    return Details("customers/privacy/_effect.html", context)


def sentences(proposal: Proposal) -> tuple[str, str]:
    erasure = erasure_of(proposal.content)
    rows = sum((proposal.effect.get("_counts") or {}).values())
    taken = ngettext("%(n)s row is taken; it can't be undone.", "%(n)s rows are taken; it can't be undone.", rows)
    said, until = {"customer": erasure.customer, "number": erasure.customer.number}, proposal.content["kept_until"]
    text = _("%(customer)s (%(number)s) is erased: what stays is the number, and what was done under it.") % said
    if erasure.is_done:
        text = _("Customer %(number)s was erased.") % said
    if until:
        day = said_day(timezone.datetime.fromisoformat(until).date())
        taken += " " + _("Who the customer was is kept sealed until %(day)s, because the law asks for it.") % {
            "day": day
        }
    return text, taken % {"n": rows}


def apply(proposal: Proposal, by: User) -> Erasure:
    return erase(erasure=erasure_of(proposal.content), proposal=proposal, by=by, at=timezone.now())


def customers(content: Content) -> Iterable[int]:
    return Customer.objects.filter(number=content["customer"]).values_list("pk", flat=True)


ERASURE = Kind(
    KIND,
    gettext_lazy("Erasure of a customer"),
    validate=validate,
    apply=apply,
    sentences=sentences,
    base=base,
    simulate=simulate,
    details=details,
    customers=customers,
    may_propose=may_propose,
    title=title,
    made=made,
    makers=frozenset({User.Role.HEAD}),
    names_customers=True,
)
