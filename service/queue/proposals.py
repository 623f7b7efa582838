"""The rules of the queue as a proposal, with what they do on a branch's day."""

from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Details, Effect, Kind
from crm.approvals.models import Proposal
from crm.identity.models import Branch
from segmentation.differences import Change
from service.queue.rules import RULES, STANDARD, fairness_of, validate
from service.queue.simulating import what_follows


def said(content: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Whose, the points for a minute, and the limit; the bank's first."""
    names = dict(Branch.objects.filter(code__in=content["branches"]).values_list("code", "name"))
    rows = [("", _("Every branch")), *((code, names.get(code, code)) for code in sorted(content["branches"]))]
    found = [(name, fairness_of(content, code)) for code, name in rows]
    return [(name, localize(each.ageing), _minutes(each.limit.total_seconds() / 60)) for name, each in found]


def _minutes(count: float) -> str:
    return _("%(count)s minutes") % {"count": f"{count:.0f}"}


def _simulate(content: Any) -> Effect:
    vips, others = what_follows(fairness_of(content, ""))
    return {
        "vip_wait": f"{vips.p50:.0f} / {vips.p90:.0f}",
        "other_wait": f"{others.p50:.0f} / {others.p90:.0f}",
        "longest_wait": f"{max(vips.longest, others.longest):.0f}",
    }


def _lines(content: dict[str, Any]) -> dict[str, str]:
    return {name: f"{ageing}, {limit}" for name, ageing, limit in said(content)}


def _details(proposal: Proposal) -> Details:
    version = RULES.built_on(proposal)
    before, after = _lines(version.content if version else STANDARD), _lines(proposal.content)
    names = dict.fromkeys((*before, *after))
    changes = [
        Change(name, before.get(name, ""), after.get(name, "")) for name in names if before.get(name) != after.get(name)
    ]
    return Details("segmentation/_changes.html", {"changes": changes, "before": version})


def _sentences(proposal: Proposal) -> tuple[str, str]:
    words = {"when": RULES.when(proposal)}
    return _("Rules of the queue, %(when)s.") % words, _("Numbers that wait then are called by the new ones.")


KIND = Kind(
    RULES.kind, gettext_lazy("Rules of the queue"), validate=validate, apply=RULES.apply, sentences=_sentences, base=RULES.base,
    starts=RULES.starts, details=_details, simulate=_simulate,
)  # fmt: skip
