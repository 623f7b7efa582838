"""The service levels as a proposal: an admin says them, somebody else approves them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Content, Effect
from crm.approvals.models import Proposal
from segmentation.differences import Change, changes_of
from segmentation.versioned import Daily, was_approved
from service.clocks.definition import PATH, Levels
from service.clocks.publishing import check_known, publish_levels
from service.clocks.saying import said_parts
from service.models import ServiceLevels


def was_published() -> bool:
    """From then on they change by proposal alone."""
    return was_approved(PATH)


def validate(content: Any) -> None:
    Levels.parse(content)


def examine(content: Any, on: date | None = None) -> None:
    """Whether they can be published from a day on, or today. Raises RuleBroken."""
    check_known(Levels.parse(content), on or timezone.localdate())


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    return changes_of(*(said_parts(content) if content else {} for content in (before, after)))


LEVELS = Daily(
    PATH,
    in_force=lambda _content, day: ServiceLevels.objects.in_force(day),
    versions=lambda _content: ServiceLevels.objects.all(),
    differ=changes,
    fits=examine,
    past=gettext_lazy("Service levels take effect today or later."),
)


def apply(proposal: Proposal, by: Any) -> ServiceLevels:
    return publish_levels(content=proposal.content, by=by, day=LEVELS.day_of(proposal), proposal=proposal)


def simulate(content: Content) -> Effect:
    return {}


def sentences(proposal: Proposal) -> tuple[str, str]:
    dated = _("Service levels, from %(day)s: %(what)s.")
    at_once = _("Service levels, from their approval on: %(what)s.")
    said = LEVELS.said(proposal, dated=dated, at_once=at_once)
    return said, _("The due times of all open tickets are reckoned anew; time that was paused stays paused.")


KIND = replace(
    LEVELS.proposed(gettext_lazy("Service levels"), validate=validate, sentences=sentences, simulate=simulate),
    apply=apply,
)  # fmt: skip
