"""Service standards as proposals: the content is the value of `service_standards` in a policy file."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Details, Effect, Kind
from crm.approvals.models import Proposal
from crm.base.templatetags.frame import said_day
from segmentation.differences import Change
from segmentation.models import Published, ServiceStandard
from segmentation.services.policies import check_new, next_day, publish
from segmentation.services.publishing import Applied
from segmentation.standards.definition import PATH as STANDARDS
from segmentation.standards.definition import Standard
from segmentation.standards.differences import standards_changes
from segmentation.standards.entitlements import holders_under
from segmentation.standards.publishing import check_known
from segmentation.standards.versions import version_on

NAMED = 3


def was_published() -> bool:
    """From then on standards change by proposal alone."""
    return Proposal.objects.filter(kind=STANDARDS, status=Proposal.Status.APPROVED).exists()


def validate(content: Any) -> None:
    check_known(Standard.parse(content))


def _in_force(on: date | None) -> ServiceStandard | None:
    return version_on(on or next_day())


def starts(content: Content, wished: date | None) -> date | None:
    """None is the first business date that has not run when it is approved."""
    check_new(content, wished, _in_force(wished))
    return wished


def base(content: Content, effective_from: date | None) -> str:
    version = _in_force(effective_from)
    return f"{STANDARDS}:{version.number if version else 0}"


def built_on(proposal: Proposal) -> ServiceStandard | None:
    return ServiceStandard.objects.filter(number=int(proposal.base_version.rpartition(":")[2])).first()


def changes(proposal: Proposal) -> list[Change]:
    before = built_on(proposal)
    return standards_changes(before.content if before else None, proposal.content)


def details(proposal: Proposal) -> Details:
    return Details("segmentation/_changes.html", {"changes": changes(proposal), "before": built_on(proposal)})


def simulate(content: Content) -> Effect:
    """How many customers would hold the gold card at the data date, and how many do."""
    published = Published.objects.first()
    if published is None:
        return {}
    on, version = published.business_date, _in_force(None)
    return {
        "cards_before": holders_under(version.content if version else {}, on),
        "cards_after": holders_under(content, on),
        "data_date": str(on),
    }


def apply(proposal: Proposal, by: Any) -> Applied:
    return publish(content={STANDARDS: proposal.content}, by=by, proposal=proposal)


def sentences(proposal: Proposal) -> tuple[str, str]:
    names = {"what": _changed(proposal)}
    if proposal.effective_from:
        said = _("Service standards, from %(day)s: %(what)s.")
        names["day"] = said_day(proposal.effective_from)
    else:
        said = _("Service standards, from the next night on: %(what)s.")
    return said % names, _effect(proposal.effect)


def _changed(proposal: Proposal) -> str:
    if built_on(proposal) is None:
        return _("the first version")
    found = [change.what for change in changes(proposal)]
    said, more = "; ".join(found[:NAMED]), len(found) - NAMED
    return said + ngettext("; %(count)s more", "; %(count)s more", more) % {"count": more} if more > 0 else said


def _effect(effect: Effect) -> str:
    before, after = effect.get("cards_before"), effect.get("cards_after")
    if not isinstance(before, int) or not isinstance(after, int):
        return _("Whom it concerns is not known yet.")
    said = ngettext("%(count)s customer holds the gold card", "%(count)s customers hold the gold card", after)
    return _("%(holders)s; before: %(before)s.") % {"holders": said % {"count": f"{after:,}"}, "before": f"{before:,}"}


KIND = Kind(
    STANDARDS, gettext_lazy("Service standards"), validate=validate, apply=apply, sentences=sentences, base=base,
    starts=starts, details=details, simulate=simulate,
)  # fmt: skip
