"""Change rules as proposals: the content is one entry of `change_rules` in a policy file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Effect
from crm.approvals.models import Proposal
from segmentation.changes.definition import Definition
from segmentation.changes.publishing import check
from segmentation.changes.wording import said_parts
from segmentation.counting import picked_by
from segmentation.differences import Change, changes_of
from segmentation.models import ChangeRule
from segmentation.rules import Purpose
from segmentation.services.policies import next_day
from segmentation.versioned import Versioned

RULE = "change_rule"


def validate(content: Any) -> None:
    Definition.parse(content)


def examine(content: Any, on: date | None = None) -> None:
    """Whether it can be published from a day on, or from the first that no night has run. Raises RuleBroken."""
    check({RULE: Definition.parse(content)}, on or next_day())


def rule_changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    return changes_of(*(said_parts(content) if content else {} for content in (before, after)))


RULED = Versioned(
    RULE,
    in_force=lambda content, day: ChangeRule.objects.in_force(day).filter(code=content.get("code", "")).first(),
    versions=lambda content: ChangeRule.objects.filter(code=content["code"]),
    differ=rule_changes,
    key="code",
    listed="change_rules",
    fits=examine,
)


def simulate(content: Content) -> Effect:
    """How many customers meet its condition by the published figures; tiers not counted."""
    rule = Definition.parse(content)
    if rule.is_off:
        return {}
    return picked_by(rule.when, purpose=Purpose.CHANGE, customer_kind=rule.customer_kind)


def sentences(proposal: Proposal) -> tuple[str, str]:
    name = proposal.content.get("name", "")
    dated = _("Change rule “%(name)s”, from %(day)s: %(what)s.")
    at_once = _("Change rule “%(name)s”, from the next night on: %(what)s.")
    return RULED.said(proposal, dated=dated, at_once=at_once, name=name), _effect(proposal)


def _effect(proposal: Proposal) -> str:
    if proposal.content.get("off"):
        return _("It notices nothing any more.")
    picked = proposal.effect.get("picked")
    if not isinstance(picked, int):
        return _("Whom it looks at is not known yet.")
    said = ngettext("It looks at %(count)s customer", "It looks at %(count)s customers", picked)
    return _("%(picked)s, those of its tiers alone where it names any.") % {"picked": said % {"count": f"{picked:,}"}}


KIND = RULED.proposed(gettext_lazy("Change rule"), validate=validate, sentences=sentences, simulate=simulate)
