"""Policies as proposals: the content is the value of `tier_scheme` or `waiver_policy` in a policy file."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Cost, Effect
from crm.approvals.models import Proposal
from crm.base.digests import digest
from customers.models import Customer
from segmentation.differences import scheme_changes, waiver_changes
from segmentation.models import Published, SchemeVersion, Simulation, WaiverPolicy
from segmentation.policies import Policy
from segmentation.services.simulations import simulate_within
from segmentation.versioned import Versioned, was_approved
from segmentation.versions import scheme_versions_on, waiver_policy_on
from segmentation.waiver_checks import check_known

SCHEME, WAIVERS, SEGMENT, OFFER = "tier_scheme", "waiver_policy", "segment", "product_offer"


def was_published() -> bool:
    """Whether a proposal of a policy was ever approved; from then on policies change by proposal alone."""
    return was_approved(SCHEME, WAIVERS, SEGMENT, OFFER)


def validate_scheme(content: Any) -> None:
    Policy.parse({SCHEME: content})


def validate_waivers(content: Any) -> None:
    Policy.parse({WAIVERS: content})
    check_known(content)


SCHEMES = Versioned(
    SCHEME,
    in_force=lambda content, day: scheme_versions_on(day).get(content["customer_kind"]),
    versions=lambda content: SchemeVersion.objects.filter(scheme__customer_kind=content["customer_kind"]),
    differ=scheme_changes,
    key="customer_kind",
)
POLICIES = Versioned(
    WAIVERS,
    in_force=lambda _content, day: waiver_policy_on(day),
    versions=lambda _content: WaiverPolicy.objects.all(),
    differ=waiver_changes,
)


def simulated(kind: str, content: Content) -> Effect:
    """What the newest simulation of just this content found, since policies last changed; else it is tried now."""
    if not Published.objects.exists():
        return {}
    draft = {kind: content}
    found = Simulation.objects.newest_of(digest(draft))
    if found is None or found.run.finished_at < _last_change():
        found = simulate_within(draft=draft, by="proposal")
    result = found.run.result
    told = {name: result[name] for name in ("customers", "movers", "waived_before", "waived_after")}
    return told | {"data_date": str(found.business_date), "_simulation": result | {"id": found.pk}}


def _last_change() -> datetime:
    moments = (model.objects.aggregate(last=Max("published_at"))["last"] for model in (SchemeVersion, WaiverPolicy))
    return max((moment for moment in moments if moment), default=datetime.min.replace(tzinfo=UTC))


def scheme_sentences(proposal: Proposal) -> tuple[str, str]:
    dated = _("Tier scheme for %(kind)s, from %(day)s: %(what)s.")
    at_once = _("Tier scheme for %(kind)s, from the next night on: %(what)s.")
    kind = Customer.Kind(proposal.content.get("customer_kind", "person")).label
    return SCHEMES.said(proposal, dated=dated, at_once=at_once, kind=kind), _effect(proposal.effect)


def waiver_sentences(proposal: Proposal) -> tuple[str, str]:
    dated = _("Waiver policy, from %(day)s: %(what)s.")
    at_once = _("Waiver policy, from the next night on: %(what)s.")
    return POLICIES.said(proposal, dated=dated, at_once=at_once), _effect(proposal.effect)


def _effect(effect: Effect) -> str:
    movers = effect.get("movers")
    if not isinstance(movers, int):
        return _("It was proposed without a simulation.")
    moves = ngettext("%(count)s customer moves", "%(count)s customers move", movers)
    said = moves % {"count": f"{movers:,}"}
    before, after = (_sum(effect.get(name)) for name in ("waived_before", "waived_after"))
    return _("%(moves)s; waived %(after)s instead of %(before)s.") % {"moves": said, "before": before, "after": after}


def _sum(amounts: Any) -> str:
    return ", ".join(f"{amount} {code}" for code, amount in sorted((amounts or {}).items())) or "0"


def cost(content: Content, effect: Effect) -> Cost | None:
    """What is waived more (or less) than before, in the currency where that is most."""
    before, after = effect.get("waived_before") or {}, effect.get("waived_after") or {}
    try:
        more = {
            code: Decimal(after.get(code, "0")) - Decimal(before.get(code, "0")) for code in sorted({*before, *after})
        }
    except (InvalidOperation, TypeError, AttributeError):
        return None
    code = max(more, key=lambda one: more[one], default="")
    return (more[code], code) if code else None


KINDS = (
    SCHEMES.proposed(
        gettext_lazy("Tier scheme"), validate=validate_scheme, sentences=scheme_sentences,
        simulate=partial(simulated, SCHEME), cost=cost,
    ),
    POLICIES.proposed(
        gettext_lazy("Waiver policy"), validate=validate_waivers, sentences=waiver_sentences,
        simulate=partial(simulated, WAIVERS), cost=cost,
    ),
)  # fmt: skip
