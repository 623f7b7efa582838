"""The service levels in force, their versions, the way back to one, and the form that proposes others."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from crm.base.pages import Action, Page
from crm.base.pages.access import Text
from segmentation.views.versions import Rollback, VersionPage
from service.clocks.definition import PATH, parsed
from service.clocks.editor import LevelsForm
from service.clocks.proposals import changes
from service.clocks.saying import sheet_of
from service.clocks.versions import content_on
from service.models import ServiceLevels
from service.proposing import ProposeLists

PARENTS: Sequence[tuple[Text, str]] = [(_("Service levels"), "service_levels")]


class ServiceLevelsPage(Page):
    """Calendars, priorities and targets that hold, the versions before and after, and what waits for approval."""

    permission = "service-levels:read"
    title = _("Service levels")
    template_name = "service/clocks/levels.html"
    actions = [
        Action(_("Propose a change"), "service_levels_propose", "pencil", "service-levels:write"),
        Action(_("Complaint rules"), "complaint_rules", "gavel", "complaint-rules:read"),
    ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        context = {
            "version": ServiceLevels.objects.in_force(today),
            "versions": ServiceLevels.objects.select_related("published_by", "proposal__maker"),
            "sheet": sheet_of(parsed(content_on(today))),
            "waiting": Proposal.objects.filter(kind=PATH, status=Proposal.Status.OPEN).order_by("-pk").first(),
            "today": today,
        }
        return super().get_context_data(**context | kwargs)


class ProposeLevels(ProposeLists):
    permission = "service-levels:write"
    title = _("Propose service levels")
    parents = PARENTS
    kind, form_class = PATH, LevelsForm
    content_on = staticmethod(content_on)


class _Versions:
    kind, permission = PATH, "service-levels:read"
    page, rollback = "service_levels_version", "service_levels_rollback"
    parents = PARENTS
    changes = staticmethod(changes)
    kwargs: dict[str, Any]

    @cached_property
    def version(self) -> Any:
        return get_object_or_404(ServiceLevels.objects.select_related("proposal__maker"), pk=self.kwargs["pk"])

    def siblings(self) -> QuerySet:
        return ServiceLevels.objects.order_by("-number")


class ServiceLevelsVersion(_Versions, VersionPage):
    pass


class ServiceLevelsRollback(_Versions, Rollback):
    pass
