"""Service standards as proposals: the content is the value of `service_standards` in a policy file."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Effect
from crm.approvals.models import Proposal
from segmentation.models import Published, ServiceStandard
from segmentation.standards.definition import PATH as STANDARDS
from segmentation.standards.definition import Standard
from segmentation.standards.differences import standards_changes
from segmentation.standards.entitlements import holders_under
from segmentation.standards.publishing import check_known
from segmentation.standards.versions import version_on
from segmentation.versioned import Versioned, was_approved


def was_published() -> bool:
    """From then on standards change by proposal alone."""
    return was_approved(STANDARDS)


def validate(content: Any) -> None:
    check_known(Standard.parse(content))


STANDARD = Versioned(
    STANDARDS,
    in_force=lambda _content, day: version_on(day),
    versions=lambda _content: ServiceStandard.objects.all(),
    differ=standards_changes,
)


def simulate(content: Content) -> Effect:
    """How many customers would hold the gold card at the data date, and how many do."""
    published = Published.objects.first()
    if published is None:
        return {}
    on, version = published.business_date, STANDARD.current(content)
    return {
        "cards_before": holders_under(version.content if version else {}, on),
        "cards_after": holders_under(content, on),
        "data_date": str(on),
    }


def sentences(proposal: Proposal) -> tuple[str, str]:
    dated = _("Service standards, from %(day)s: %(what)s.")
    at_once = _("Service standards, from the next night on: %(what)s.")
    return STANDARD.said(proposal, dated=dated, at_once=at_once), _effect(proposal.effect)


def _effect(effect: Effect) -> str:
    before, after = effect.get("cards_before"), effect.get("cards_after")
    if not isinstance(before, int) or not isinstance(after, int):
        return _("Whom it concerns is not known yet.")
    said = ngettext("%(count)s customer holds the gold card", "%(count)s customers hold the gold card", after)
    return _("%(holders)s; before: %(before)s.") % {"holders": said % {"count": f"{after:,}"}, "before": f"{before:,}"}


KIND = STANDARD.proposed(gettext_lazy("Service standards"), validate=validate, sentences=sentences, simulate=simulate)
