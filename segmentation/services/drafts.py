"""Drafts of policies: begun from what is in force or from nothing, kept with every change, thrown away."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer, Product
from segmentation.editor import change, scheme, segment, standards, value, waivers
from segmentation.managed.versions import STANDARD
from segmentation.managed.versions import version_on as assigning_on
from segmentation.models import ChangeRule, PolicyDraft, ProductOffer
from segmentation.segments.starters import starter
from segmentation.segments.versions import versions_on
from segmentation.services.policies import next_day
from segmentation.standards.versions import version_on
from segmentation.value.versions import version_on as value_version_on
from segmentation.versions import scheme_versions_on, waiver_policy_on

WAIVERS, SEGMENT, STARTER, STANDARDS = "waivers", "segment", "starter", "standards"
OFFER, VALUE, CHANGE, ASSIGNING = "product_offer", "value", "change_rule", "assigning"


def begin_with(start: str) -> tuple[str, str, dict[str, Any], int]:
    """Kind, name, content and base version of a new draft.

    `start` is a kind of customer, "waivers", "standards", "value", "assigning", "segment", "segment:rising" for one in force, or
    "starter:affluent", "product_offer", "product_offer:wealth", "change_rule", "change_rule:outflow" for a kind or a rule in force.
    """
    on = next_day()
    if start.partition(":")[0] in (SEGMENT, STARTER):
        return _segment(start, on)
    if start.partition(":")[0] == OFFER:
        return _offer(start.partition(":")[2], on)
    if start.partition(":")[0] == CHANGE:
        return _change(start.partition(":")[2], on)
    if start == WAIVERS:
        policy = waiver_policy_on(on)
        content = policy.content if policy else waivers.EMPTY
        return PolicyDraft.Kind.WAIVER_POLICY, _("Waiver policy"), content, policy.number if policy else 0
    if start == STANDARDS:
        standard = version_on(on)
        content = standard.content if standard else standards.EMPTY
        return PolicyDraft.Kind.SERVICE_STANDARDS, _("Service standards"), content, standard.number if standard else 0
    if start == VALUE:
        assumed = value_version_on(on)
        content = assumed.content if assumed else value.beginning()
        return PolicyDraft.Kind.VALUE, _("Value assumptions"), content, assumed.number if assumed else 0
    if start == ASSIGNING:
        managed = assigning_on(on)
        content = managed.content if managed else STANDARD
        return PolicyDraft.Kind.ASSIGNMENT_POLICY, _("Assignment policy"), content, managed.number if managed else 0
    version = scheme_versions_on(on).get(start)
    kind = Customer.Kind(start)
    name = _("Tiers: %(kind)s") % {"kind": kind.label}
    content = version.content if version else scheme.EMPTY | {"customer_kind": str(kind)}
    return PolicyDraft.Kind.TIER_SCHEME, name, content, version.number if version else 0


def _segment(start: str, on: date) -> tuple[str, str, dict[str, Any], int]:
    kind, (source, _colon, code) = PolicyDraft.Kind.SEGMENT, start.partition(":")
    version, known = versions_on(on).get(code), starter(code)
    if source == SEGMENT and version:
        return kind, _("Segment: %(name)s") % {"name": version.segment}, version.content, version.number
    if source == STARTER and known:
        return kind, _("Segment: %(name)s") % {"name": known.name}, known.content, 0
    return kind, str(kind.label), segment.EMPTY, 0


def _offer(code: str, on: date) -> tuple[str, str, dict[str, Any], int]:
    """Of a product that was never offered before, the draft begins with its code."""
    kind = PolicyDraft.Kind.PRODUCT_OFFER
    product = Product.objects.filter(code=code).first()
    if product is None:
        return kind, str(kind.label), {}, 0
    version = ProductOffer.objects.in_force(on).filter(product=product).first()
    content = version.content if version else {"product": code}
    return kind, _("Offer: %(name)s") % {"name": product}, content, version.number if version else 0


def _change(code: str, on: date) -> tuple[str, str, dict[str, Any], int]:
    """Of a rule that is in force, else of a kind, with figures to begin with."""
    kind = PolicyDraft.Kind.CHANGE_RULE
    version = ChangeRule.objects.in_force(on).filter(code=code).first()
    if version:
        return kind, _("Change rule: %(name)s") % {"name": version.name}, version.content, version.number
    if code not in ChangeRule.Kind.values:
        return kind, str(kind.label), {}, 0
    asked = change.STARTERS[code]
    money = {"currency": settings.CRM_BASE_CURRENCY} if "amount" in asked else {}
    name = str(ChangeRule.Kind(code).label)
    return (
        kind,
        _("Change rule: %(name)s") % {"name": name},
        {"code": code, "name": name, "kind": code} | asked | money,
        0,
    )


@transaction.atomic
def begin_draft(*, start: str, by: User, own: Mapping[str, Any] | None = None) -> PolicyDraft:
    """`own` is what a new segment is to hold from the beginning, such as its rule."""
    kind, name, content, base = begin_with(start)
    if start == SEGMENT:
        content = content | dict(own or {})
    draft = PolicyDraft.objects.create(kind=kind, name=name, content=content, base=base, owner=by)
    audit.record("draft.begun", draft, by=by, base=base)
    return draft


def save_draft(*, draft: PolicyDraft, content: dict[str, Any], name: str, by: User) -> None:
    """Right or wrong, as it was typed. What leads to a version is the proposal, and the audit trail keeps that."""
    if draft.owner_id != by.pk:
        raise RuleBroken(_("Only who began a draft changes it."))
    draft.content = content
    draft.name = name.strip()[:120] or draft.name
    draft.save(update_fields=["content", "name", "saved_at"])


@transaction.atomic
def drop_draft(*, draft: PolicyDraft, by: User) -> None:
    if draft.owner_id != by.pk:
        raise RuleBroken(_("Only who began a draft throws it away."))
    audit.record("draft.dropped", draft, by=by, content=draft.content)
    draft.delete()
