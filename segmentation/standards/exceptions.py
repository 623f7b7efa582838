"""Entitlement overrides as proposals: whoever looks after the customer asks, somebody else says yes.

Content of `entitlement_override`: {"customer": number, "benefit": code, "kind": "grant", "quota": 2, "per": "month",
"since": D, "until": D}; `quota` and `per` are "" for as often as one likes. Of `entitlement_override_end`: {"customer":
number, "override": id, "on": D}. The proposal's reason is the override's; days that have passed meanwhile become today.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Kind
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.keys import key_in
from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from segmentation.exceptions import MAKERS, asked_in_reach, customer_of, day_in, known
from segmentation.models import Benefit, EntitlementOverride
from segmentation.standards.overrides import (
    check_end,
    check_override,
    end_entitlement_override,
    publish_entitlement_override,
)
from segmentation.standards.saying import quota_of

KEYS = ("customer", "benefit", "kind", "quota", "per", "since", "until")
END_KEYS = ("customer", "override", "on")


def terms_of(content: dict[str, Any]) -> dict[str, Any]:
    """What the content says, as the service takes it. Raises RuleBroken."""
    known(content, KEYS)
    benefit = Benefit.objects.filter(code=str(content["benefit"])).first()
    if benefit is None:
        raise RuleBroken(_("There is no such benefit."), field="benefit")
    quota = content["quota"]
    if isinstance(quota, bool) or (isinstance(quota, str) and quota != ""):
        raise RuleBroken(_("a whole number belongs here."), field="quota")
    return {
        "customer": customer_of(content),
        "benefit": benefit,
        "kind": content["kind"],
        "quota": quota if quota != "" else None,
        "per": content["per"],
        "since": _from_today(day_in(content, "since")),
        "until": day_in(content, "until"),
    }


def validate(content: Any) -> None:
    check_override(**terms_of(content))


def apply(proposal: Proposal, by: User) -> EntitlementOverride:
    return publish_entitlement_override(**terms_of(proposal.content), reason=proposal.reason, by=by, proposal=proposal)


def base(content: dict[str, Any], effective_from: date | None) -> str:
    """Another override of the customer meanwhile overtakes the proposal."""
    rows = EntitlementOverride.objects.filter(customer=customer_of(content))
    found = rows.aggregate(newest=Max("pk"), ended=Count("ended_on"))
    return f"entitlement_override:{customer_of(content).pk}:{found['newest'] or 0}:{found['ended']}"


def sentences(proposal: Proposal) -> tuple[str, str]:
    content = proposal.content
    benefit = Benefit.objects.filter(code=content["benefit"]).first() or content["benefit"]
    said = {
        "customer": customer_of(content),
        "benefit": benefit,
        "quota": quota_of(content["quota"] or None, content["per"]),
    }
    texts = {
        EntitlementOverride.Kind.GRANT: _("%(customer)s is given “%(benefit)s”, %(quota)s."),
        EntitlementOverride.Kind.WITHDRAWAL: _("“%(benefit)s” is taken away from %(customer)s."),
    }
    since, last = day_in(content, "since"), day_in(content, "until") - timedelta(days=1)
    days = {"since": said_day(since), "last": said_day(last)}
    return texts[content["kind"]] % said, _("From %(since)s until %(last)s; then the standards alone decide.") % days


def override_of(content: dict[str, Any]) -> EntitlementOverride:
    known(content, END_KEYS)
    rows = EntitlementOverride.objects.select_related("customer", "benefit").filter(customer=customer_of(content))
    found = rows.filter(pk=key).first() if (key := key_in(str(content["override"]))) else None
    if found is None:
        raise RuleBroken(_("There is no such override of this customer."), field="override")
    return found


def validate_end(content: Any) -> None:
    check_end(override_of(content), _from_today(day_in(content, "on")))


def apply_end(proposal: Proposal, by: User) -> None:
    on = _from_today(day_in(proposal.content, "on"))
    end_entitlement_override(override=override_of(proposal.content), on=on, by=by, reason=proposal.reason)


def sentences_end(proposal: Proposal) -> tuple[str, str]:
    override, on = override_of(proposal.content), day_in(proposal.content, "on")
    said = {"customer": override.customer, "benefit": override.benefit, "day": said_day(on)}
    return (
        _("The override of %(customer)s for “%(benefit)s” ends early.") % said,
        _("From %(day)s the standards alone decide.") % said,
    )


def _from_today(day: date) -> date:
    return max(day, timezone.localdate())


def _customers(content: Any) -> list[int]:
    return [customer_of(content).pk]


OVERRIDE = Kind(
    "entitlement_override", gettext_lazy("Entitlement override"), validate=validate, apply=apply, sentences=sentences,
    base=base, customers=_customers, may_propose=asked_in_reach, makers=MAKERS, names_customers=True,
)  # fmt: skip
OVERRIDE_END = Kind(
    "entitlement_override_end", gettext_lazy("End of an entitlement override"), validate=validate_end, apply=apply_end,
    sentences=sentences_end, base=base, customers=_customers, may_propose=asked_in_reach, makers=MAKERS, names_customers=True,
)  # fmt: skip
