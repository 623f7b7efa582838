"""The service levels in force, their versions, the way back to one, and the form that proposes others."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from crm.approvals.services import propose
from crm.base.errors import RuleBroken
from crm.base.pages import Action, Page
from crm.base.pages.access import Text
from segmentation.views.editing import with_rule
from segmentation.views.versions import Rollback, VersionPage
from service.clocks.definition import PATH, parsed
from service.clocks.editor import LevelsForm, place_of
from service.clocks.forms import ReasonForm
from service.clocks.proposals import changes
from service.clocks.saying import sheet_of
from service.clocks.versions import content_on
from service.models import ServiceLevels

PARENTS: Sequence[tuple[Text, str]] = [(_("Service levels"), "service_levels")]


class ServiceLevelsPage(Page):
    """Calendars, priorities and targets that hold, the versions before and after, and what waits for approval."""

    permission = "service-levels:read"
    title = _("Service levels")
    template_name = "service/clocks/levels.html"
    actions = [Action(_("Propose a change"), "service_levels_propose", "pencil", "service-levels:write")]

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


class ProposeLevels(Page):
    """Every button of the form keeps what was typed; the one that proposes leads to the proposal."""

    permission = "service-levels:write"
    title = _("Propose service levels")
    parents = PARENTS
    template_name = "service/clocks/propose.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, reason = LevelsForm.read(request.POST), ReasonForm(request.POST)
        button = request.POST.get("do", "")
        if button != "propose":
            form.do(button)
            return self.render_to_response(self.get_context_data(form=form, reason=ReasonForm(initial=reason.typed)))
        if reason.is_valid() and not form.problems:
            try:
                proposal = propose(
                    kind=PATH, content=form.content, title=str(_("Service levels")), by=self.request.user,
                    at=timezone.now(), **reason.cleaned_data,
                )  # fmt: skip
            except RuleBroken as refusal:
                reason.add_error(refusal.field if refusal.field in reason.fields else None, str(refusal.message))
            else:
                messages.success(request, str(_("Proposed. Somebody else approves it.")))
                return self.leave(reverse("proposal", args=[proposal.pk]))
        return self.render_to_response(self.get_context_data(form=form, reason=reason), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or LevelsForm(content_on(timezone.localdate()))
        context = {
            "form": form,
            "reason": ReasonForm(),
            "problems": [(place_of(path), text) for path, text in form.problems.items()],
            **{group.key: [with_rule(row) for row in form.drawn(group)] for group in form.groups},
        }
        return super().get_context_data(**context | kwargs)


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
