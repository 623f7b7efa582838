"""The complaint rules as a proposal: an admin says them, somebody else approves them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Content, Effect
from crm.approvals.models import Proposal
from segmentation.differences import Change, changes_of
from segmentation.versioned import Daily
from service.complaints.definition import PATH, Rules, readable
from service.complaints.saying import STAGES, UNITS
from service.complaints.words import Letter
from service.models import ComplaintRules
from service.publishing import publish_version


def validate(content: Any) -> None:
    Rules.parse(content)


def said_parts(content: Mapping[str, Any]) -> dict[Any, tuple[str, str]]:
    """(heading, words) by key, for a comparison of two versions."""
    rules = readable(content)
    if rules is None:
        return {}
    said: dict[Any, tuple[str, str]] = {}
    for code, pack in rules.regimes.items():
        said["regime", code] = (_("Regime “%(name)s”") % {"name": pack["name"]}, said_stages(pack))
    for heading, key, named in ((_("Cause"), "cause", rules.causes), (_("Remedy"), "remedy", rules.remedies)):
        for code, each in named.items():
            said[key, code] = (heading, f"{each.name} / {each.name_zh}")
    for kind, letter in rules.letters.items():
        words = "\n".join((letter.subject, letter.body, letter.subject_zh, letter.body_zh))
        said["letter", kind] = (str(Letter(kind).label), words)
    return said


def said_stages(pack: Mapping[str, Any]) -> str:
    """ "Answer: 15 calendar days; Answer, complex: 30 calendar days"; the stages of a bank's own regime by their codes."""
    days = {each["code"]: UNITS[each["unit"]] % {"days": each["days"]} for each in pack["stages"]}
    stages = (f"{STAGES.get(code, code)}: {said}" for code, said in days.items())
    return "; ".join(stages)


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    return changes_of(*(said_parts(content) if content else {} for content in (before, after)))


RULES = Daily(
    PATH,
    in_force=lambda _content, day: ComplaintRules.objects.in_force(day),
    versions=lambda _content: ComplaintRules.objects.all(),
    differ=changes,
    past=gettext_lazy("Complaint rules take effect today or later."),
)


def apply(proposal: Proposal, by: Any) -> ComplaintRules:
    day = RULES.day_of(proposal)
    return publish_version(ComplaintRules, name=PATH, content=proposal.content, by=by, day=day, proposal=proposal)


def simulate(content: Content) -> Effect:
    return {}


def sentences(proposal: Proposal) -> tuple[str, str]:
    dated = _("Complaint rules, from %(day)s: %(what)s.")
    at_once = _("Complaint rules, from their approval on: %(what)s.")
    said = RULES.said(proposal, dated=dated, at_once=at_once)
    return said, _("A complaint that was received before keeps the regime of its receipt.")


KIND = replace(
    RULES.proposed(gettext_lazy("Complaint rules"), validate=validate, sentences=sentences, simulate=simulate),
    apply=apply,
)
