"""What needs an approver: a request above the limits of those at hand, and the terms themselves.

Content of `resource_request`: {"customer": number, "request": id}: what is asked for never changes once it is asked. Of
`resource_terms`: managers/requests/terms.py.
"""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Details, Effect, Kind
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from crm.identity.models import Branch, User
from customers.models import Customer, FeeType, Product
from managers.models import ResourceRequest
from managers.requests import terms
from managers.requests.services import ASKED, grant_approved
from segmentation.differences import Change
from segmentation.rules.sentences import money

MAKERS = frozenset({User.Role.MANAGER, User.Role.HEAD})


def percent(fraction: Any) -> str:
    return f"{localize((fraction * 100).normalize())} %"


def _request(content: Any) -> ResourceRequest:
    key = content.get("request") if isinstance(content, dict) and set(content) == {"customer", "request"} else None
    rows = ResourceRequest.objects.select_related("customer", "product", "fee", "asked_by")
    is_key = isinstance(key, int) and not isinstance(key, bool) and 0 < key < 2**62
    found = rows.filter(pk=int(key)).first() if is_key and key else None
    if found is None or found.customer.number != content["customer"]:
        raise RuleBroken(_("There is no such request."), field="request")
    return found


def _validate(content: Any) -> None:
    if _request(content).state != ResourceRequest.State.PROPOSED:
        raise RuleBroken(_("There is no such request."), field="request")


def _in_reach(content: Any, by: User) -> None:
    """Only who asked lays it before somebody, as they ask."""
    found = _request(content)
    reached = Customer.objects.open_to(by).filter(pk=found.customer_id).exists()
    if not reached or found.asked_by_id != by.pk or found.proposal_id is not None:
        raise RuleBroken(_("There is no such request."), field="request")


def _apply(proposal: Proposal, by: User) -> ResourceRequest:
    assert proposal.decided_at
    return grant_approved(request=_request(proposal.content), by=by, at=proposal.decided_at)


def _sentences(proposal: Proposal) -> tuple[str, str]:
    found = _request(proposal.content)
    words = {
        "customer": found.customer,
        "request": found,
        "amount": money(found.amount, found.currency),
        "day": said_day(found.valid_until),
        "price": "–" if found.price is None else percent(found.price),
        "usual": "–" if found.usual is None else percent(found.usual),
        "cost": money(found.cost, found.currency),
        "now": "–" if found.value_now is None else money(found.value_now, found.currency),
        "after": "–" if found.value_after is None else money(found.value_after, found.currency),
    }
    effect = [_("It costs %(cost)s a year. The customer's value per year: %(now)s now, %(after)s after.") % words]
    if Decimal(used := proposal.effect.get("_used", "0")):
        said = {"used": money(Decimal(used), found.currency)}
        effect.append(_("Beside it %(used)s stood granted of the same thing when it was asked for.") % said)
    return (
        _("%(customer)s gets until %(day)s: %(request)s, %(amount)s at %(price)s (usual: %(usual)s).") % words,
        " ".join(effect),
    )


def _used(content: Any) -> Effect:
    """What stands granted beside it as it is laid before them."""
    today = timezone.localdate()
    rows = ResourceRequest.objects.with_used(today)
    return {"_used": str(rows.get(pk=_request(content).pk).used)}


def _details(proposal: Proposal) -> Details:
    found = _request(proposal.content)
    return Details("managers/requests/_conditions.html", {"conditions": found.conditions.all(), "request_row": found})


def said_terms(content: dict[str, Any]) -> dict[tuple[str, ...], tuple[str, str]]:
    """Each line by its key: what it is of, and what it says."""
    names = dict(Product.objects.values_list("code", "name")) | dict(FeeType.objects.values_list("code", "name"))
    lines: dict[tuple[str, ...], tuple[str, str]] = {}
    for line in content.get("floors", ()):
        kind = ResourceRequest.Kind(line["kind"])
        lines["floor", kind, line["of"]] = (
            f"{kind.label}: {names.get(line['of'], line['of'])}",
            percent(Decimal(line["price"])),
        )
    for line in content.get("limits", ()):
        kind = ResourceRequest.Kind(line["kind"])
        who = " · ".join(
            [str(User.Role(line["role"]).label), *([str(Branch.Level(line["level"]).label)] if line["level"] else [])]
        )
        lines["limit", line["role"], line["level"], kind] = (
            f"{who}: {kind.label}",
            money(Decimal(line["up_to"]), settings.CRM_BASE_CURRENCY),
        )
    return lines


def _terms_details(proposal: Proposal) -> Details:
    version = terms.RULES.built_on(proposal)
    before, after = said_terms(version.content if version else {}), said_terms(proposal.content)
    changes = [
        Change((after.get(key) or before[key])[0], before.get(key, ("", ""))[1], after.get(key, ("", ""))[1])
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    ]
    return Details("segmentation/_changes.html", {"changes": changes, "before": version})


def _terms_sentences(proposal: Proposal) -> tuple[str, str]:
    words = {"when": terms.RULES.when(proposal)}
    return _("Terms of resource requests, %(when)s.") % words, _("Requests that were decided stay as they are.")


REQUEST = Kind(
    ASKED, gettext_lazy("Resource request"), validate=_validate, apply=_apply, sentences=_sentences, details=_details,
    simulate=_used, cost=lambda content, effect: ((found := _request(content)).measure, found.currency),
    customers=lambda content: [_request(content).customer_id], may_propose=_in_reach, makers=MAKERS, names_customers=True,
)  # fmt: skip
TERMS = Kind(
    terms.RULES.kind, gettext_lazy("Terms of resource requests"), validate=terms.validate, apply=terms.RULES.apply,
    sentences=_terms_sentences, base=terms.RULES.base, starts=terms.RULES.starts, details=_terms_details,
)  # fmt: skip
