"""Policies as proposals: the content is the value of `tier_scheme` or `waiver_policy` in a policy file."""

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Cost, Details, Effect, Kind
from crm.approvals.models import Proposal
from crm.base.digests import digest
from crm.base.templatetags.frame import said_day
from customers.models import Customer
from segmentation.differences import Change, scheme_changes, waiver_changes
from segmentation.models import Published, SchemeVersion, Simulation, WaiverPolicy
from segmentation.policies import Policy
from segmentation.services.policies import check_new, next_day, publish
from segmentation.services.publishing import Applied
from segmentation.services.simulations import simulate_within
from segmentation.versions import scheme_versions_on, waiver_policy_on
from segmentation.waiver_checks import check_known

SCHEME, WAIVERS, SEGMENT, OFFER = "tier_scheme", "waiver_policy", "segment", "product_offer"
NAMED = 3


def was_published() -> bool:
    """Whether a proposal of a policy was ever approved; from then on policies change by proposal alone."""
    return Proposal.objects.filter(kind__in=[SCHEME, WAIVERS, SEGMENT, OFFER], status=Proposal.Status.APPROVED).exists()


def validate_scheme(content: Any) -> None:
    Policy.parse({SCHEME: content})


def validate_waivers(content: Any) -> None:
    Policy.parse({WAIVERS: content})
    check_known(content)


def starts(content: Content, wished: date | None) -> date | None:
    """None is the first business date that has not run when it is approved."""
    check_new(content, wished, _in_force(content, wished))
    return wished


def _in_force(content: Content, on: date | None) -> SchemeVersion | WaiverPolicy | None:
    day = on or next_day()
    if "tiers" in content:
        return scheme_versions_on(day).get(content["customer_kind"])
    return waiver_policy_on(day)


def base_of_scheme(content: Content, effective_from: date | None) -> str:
    version = _in_force(content, effective_from)
    return f"{SCHEME}:{content['customer_kind']}:{version.number if version else 0}"


def base_of_waivers(content: Content, effective_from: date | None) -> str:
    version = _in_force(content, effective_from)
    return f"{WAIVERS}:{version.number if version else 0}"


def built_on(proposal: Proposal) -> SchemeVersion | WaiverPolicy | None:
    """The version that the maker had before the eyes; it never changes, so that the difference stays true."""
    number = int(proposal.base_version.rpartition(":")[2])
    if proposal.kind == WAIVERS:
        return WaiverPolicy.objects.filter(number=number).first()
    versions = SchemeVersion.objects.filter(scheme__customer_kind=proposal.content["customer_kind"])
    return versions.filter(number=number).first()


def changes(proposal: Proposal) -> list[Change]:
    before = built_on(proposal)
    differ = scheme_changes if proposal.kind == SCHEME else waiver_changes
    return differ(before.content if before else None, proposal.content)


def details(proposal: Proposal) -> Details:
    return Details("segmentation/_changes.html", {"changes": changes(proposal), "before": built_on(proposal)})


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


def apply(proposal: Proposal, by: Any) -> Applied:
    return publish(content={proposal.kind: proposal.content}, by=by, proposal=proposal)


def sentences(proposal: Proposal) -> tuple[str, str]:
    names = {"what": _changed(proposal), "kind": Customer.Kind(proposal.content.get("customer_kind", "person")).label}
    if proposal.effective_from:
        names["day"] = said_day(proposal.effective_from)
        scheme = _("Tier scheme for %(kind)s, from %(day)s: %(what)s.")
        waivers = _("Waiver policy, from %(day)s: %(what)s.")
    else:
        scheme = _("Tier scheme for %(kind)s, from the next night on: %(what)s.")
        waivers = _("Waiver policy, from the next night on: %(what)s.")
    return (scheme if proposal.kind == SCHEME else waivers) % names, _effect(proposal.effect)


def _changed(proposal: Proposal) -> str:
    """What differs from the version in force, by its headings."""
    if built_on(proposal) is None:
        return _("the first version")
    found = [change.what for change in changes(proposal)]
    said = "; ".join(found[:NAMED])
    more = len(found) - NAMED
    return said + ngettext("; %(count)s more", "; %(count)s more", more) % {"count": more} if more > 0 else said


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
    Kind(
        SCHEME, gettext_lazy("Tier scheme"), validate=validate_scheme, apply=apply, sentences=sentences,
        base=base_of_scheme, starts=starts, details=details, cost=cost, simulate=partial(simulated, SCHEME),
    ),
    Kind(
        WAIVERS, gettext_lazy("Waiver policy"), validate=validate_waivers, apply=apply, sentences=sentences,
        base=base_of_waivers, starts=starts, details=details, cost=cost, simulate=partial(simulated, WAIVERS),
    ),
)  # fmt: skip
