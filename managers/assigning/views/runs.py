"""Nights of assigning and previews of one: begun here, watched while they run, read when they have ended."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRefresh

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import is_fragment
from crm.base.templatetags.frame import said_day
from crm.jobs.models import Run
from crm.jobs.progress import progress_of
from managers import tasks
from managers.assigning import nights
from managers.assigning.figures import reasons_of, sides_of, spread
from managers.assigning.filters import AssignmentRunFilter
from managers.assigning.tables import AssignmentRunTable

BOOKS = (_("Books"), "managers")
RUNS = Run.objects.filter(kind=Run.Kind.ASSIGNMENT).select_related("started_by")
TRY = Action(_("Preview the night"), "assignment_try", icon="flask", permission="assignment-runs:write")


class AssignmentRunList(ListPage):
    permission = "assignment-runs:read"
    title = _("Assigning")
    parents = [BOOKS]
    queryset = RUNS
    scoped = False  # numbers of the whole bank; managers are told within reach
    filterset_class = AssignmentRunFilter
    table_class = AssignmentRunTable
    ordering_fields = {"id": "id"}
    ordering = "-id"
    actions = [TRY, Action(_("Move suggestions"), "move_suggestions", icon="arrows-exchange")]
    empty = Empty(
        _("Nobody was assigned by the night yet"),
        _("Each night gives a manager to those who are to have one, and says whom it could give nobody."),
        TRY,
        icon="users-plus",
    )


class TryAssigning(FormPage):
    permission = "assignment-runs:write"
    title = _("Preview the night")
    parents = [BOOKS, (_("Assigning"), "assignment_runs")]
    form_class = forms.Form
    submit = _("Preview")
    intro = _("It reckons what the night would do to each book, with today's absences and capacities. Nothing changes.")
    cancel_to = "assignment_runs"

    def perform(self, form: forms.Form) -> Run:
        found = nights.open_trial(by=self.request.user)
        tasks.ring()
        return found

    def get_success_url(self) -> str:
        return reverse("assignment_run", args=[self.result.pk])


class AssignmentRunPage(DetailPage):
    """A bar that polls while it runs, and can be left; then each book before and after."""

    permission = "assignment-runs:read"
    parents = [BOOKS, (_("Assigning"), "assignment_runs")]
    queryset = RUNS
    scoped = False
    context_object_name = "run"
    template_name = "managers/assigning/run.html"

    def get_title(self) -> str:
        words = _("Preview of the night of %(day)s") if self.object.parameters["is_trial"] else _("Night of %(day)s")
        return str(words) % {"day": said_day(self.object.business_date)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.object
        context: dict[str, Any] = {"progress": progress_of(run, at=timezone.now())}
        if run.has_ended:
            sides = sides_of(run, self.request.user)
            context |= {"sides": sides, "spread": spread(sides), "reasons": reasons_of(run)}
        return super().get_context_data(**context | kwargs)


class AssignmentProgress(AssignmentRunPage):
    """The bar; once it has ended the whole page, which shows the books."""

    template_name = "managers/assigning/_progress.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        return HttpResponseClientRefresh() if is_fragment(request) and self.object.has_ended else response
