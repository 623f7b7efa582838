"""Overrides as proposals: whoever looks after the customer asks, somebody else says yes, the next night obeys.

Content of `tier_override`: {"customer": number, "kind": "grant", "tier": "gold", "since": D, "until": D}, `until` being
the first day on which it no longer holds; the proposal's reason is the override's. Of `tier_override_end`:
{"customer": number, "override": id, "on": D}.
"""

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Kind
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.keys import key_in
from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from customers.models import Customer
from segmentation.models import Tier, TierOverride
from segmentation.services.overrides import check_override, end_override, first_open_day, publish_override

KEYS = ("customer", "kind", "tier", "since", "until")
END_KEYS = ("customer", "override", "on")
MAKERS = frozenset({User.Role.MANAGER, User.Role.HEAD})


def customer_of(content: Any) -> Customer:
    number = content.get("customer") if isinstance(content, dict) else None
    is_text = isinstance(number, str) and number.isprintable()
    found = Customer.objects.filter(number=number).first() if is_text else None
    if found is None:
        raise RuleBroken(_("There is no such customer."), field="customer")
    return found


def asked_in_reach(content: Any, by: User) -> None:
    """Nobody proposes about a customer out of reach, nor learns whether there is one."""
    number = content.get("customer") if isinstance(content, dict) else None
    if (
        not isinstance(number, str)
        or not number.isprintable()
        or not Customer.objects.visible_to(by).filter(number=number).exists()
    ):
        raise RuleBroken(_("There is no such customer."), field="customer")


def validate(content: Any) -> None:
    known(content, KEYS)
    customer, since = customer_of(content), day_in(content, "since")
    check_override(
        customer=customer, kind=content["kind"], tier=_tier(content, customer), since=_start(since),
        until=day_in(content, "until"), reason="-",
    )  # fmt: skip


def apply(proposal: Proposal, by: User) -> TierOverride:
    """From the day that was asked for, or where that has passed meanwhile, from the first that no night has decided."""
    content, customer = proposal.content, customer_of(proposal.content)
    return publish_override(
        customer=customer,
        kind=content["kind"],
        tier=_tier(content, customer),
        since=_start(day_in(content, "since")),
        until=day_in(content, "until"),
        reason=proposal.reason,
        by=by,
        proposal=proposal,
    )


def base(content: dict[str, Any], effective_from: date | None) -> str:
    """Another override of the customer meanwhile overtakes the proposal."""
    customer = customer_of(content)
    newest = TierOverride.objects.filter(customer=customer).aggregate(newest=Max("pk"))["newest"] or 0
    ended = TierOverride.objects.filter(customer=customer, ended_at__isnull=False).count()
    return f"tier_override:{customer.pk}:{newest}:{ended}"


def sentences(proposal: Proposal) -> tuple[str, str]:
    content, customer = proposal.content, customer_of(proposal.content)
    tier = _tier(content, customer)
    said = {"customer": customer, "tier": tier.name}
    texts = {
        TierOverride.Kind.GRANT: _("%(customer)s is given %(tier)s at least, whatever the figures earn."),
        TierOverride.Kind.HOLD: _("%(customer)s does not fall below %(tier)s."),
        TierOverride.Kind.CAP: _("%(customer)s does not rise above %(tier)s."),
    }
    since, last = day_in(content, "since"), date.fromordinal(day_in(content, "until").toordinal() - 1)
    return texts[content["kind"]] % said, _("From %(since)s until %(last)s; then the next review decides.") % {
        "since": said_day(since),
        "last": said_day(last),
    }


def validate_end(content: Any) -> None:
    known(content, END_KEYS)
    override, on, opens = _override(content), day_in(content, "on"), first_open_day()
    if override.ended_at is not None or on >= override.until:
        raise RuleBroken(_("This override has ended already, or ends before that day."), field="on")
    if max(on, opens or on) < override.since:
        raise RuleBroken(_("An override can't end before it starts."), field="on")


def apply_end(proposal: Proposal, by: User) -> None:
    end_override(
        override=_override(proposal.content), on=_start(day_in(proposal.content, "on")), by=by, reason=proposal.reason
    )


def sentences_end(proposal: Proposal) -> tuple[str, str]:
    override, on = _override(proposal.content), day_in(proposal.content, "on")
    said = {"customer": override.customer, "tier": override.tier, "day": said_day(on)}
    return (
        _("The override of %(customer)s with %(tier)s ends early.") % said,
        _("From %(day)s the rules alone decide, at the next review.") % said,
    )


def known(content: Any, keys: tuple[str, ...]) -> None:
    if not isinstance(content, dict):
        raise RuleBroken(_("a JSON object belongs here."), field="content")
    for key in content:
        if key not in keys:
            raise RuleBroken(_("this key is unknown here."), field=str(key)[:40])
    for key in keys:
        value = content.get(key)
        if not isinstance(value, str | int) or (isinstance(value, str) and not value.isprintable()):
            raise RuleBroken(_("this value is missing."), field=key)


def _start(day: date) -> date:
    return max(day, first_open_day() or day)


def day_in(content: dict[str, Any], key: str) -> date:
    try:
        return date.fromisoformat(content[key])
    except (TypeError, ValueError):
        raise RuleBroken(_('a date is a string, such as "1994-03-31".'), field=key) from None


def _tier(content: dict[str, Any], customer: Customer) -> Tier:
    found = (
        Tier.objects.select_related("scheme").filter(scheme__customer_kind=customer.kind, code=content["tier"]).first()
    )
    if found is None:
        raise RuleBroken(_("This tier is not of the customer's scheme."), field="tier")
    return found


def _override(content: dict[str, Any]) -> TierOverride:
    rows = TierOverride.objects.select_related("customer", "tier").filter(customer=customer_of(content))
    found = rows.filter(pk=key).first() if (key := key_in(str(content["override"]))) else None
    if found is None:
        raise RuleBroken(_("There is no such override of this customer."), field="override")
    return found


def _customers(content: Any) -> list[int]:
    return [customer_of(content).pk]


OVERRIDE = Kind(
    "tier_override",
    gettext_lazy("Tier override"),
    validate=validate,
    apply=apply,
    sentences=sentences,
    base=base,
    customers=_customers,
    may_propose=asked_in_reach,
    makers=MAKERS,
    names_customers=True,
)
OVERRIDE_END = Kind(
    "tier_override_end",
    gettext_lazy("End of a tier override"),
    validate=validate_end,
    apply=apply_end,
    sentences=sentences_end,
    base=base,
    customers=_customers,
    may_propose=asked_in_reach,
    makers=MAKERS,
    names_customers=True,
)
