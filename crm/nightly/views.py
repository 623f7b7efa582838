"""The nights on screen: which ran, how far the running one is, and what one left out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage, Page
from crm.identity.models import User
from crm.jobs.filters import RunFilter
from crm.jobs.models import Run
from crm.jobs.progress import progress_of
from crm.nightly import start, tasks
from crm.nightly.tables import PartitionTable, RowErrorTable, RunTable
from segmentation.models import Stop
from segmentation.safety import stops
from segmentation.safety.held import held_of, tiers_of

SHOWN_ERRORS = 100
START = Action(_("Start the night"), "run_start", icon="player-play", permission="runs:write", post=True)


class RunList(ListPage):
    permission = "runs:read"
    title = _("Runs")
    queryset = Run.objects.nights().select_related("started_by")
    scoped = False
    filterset_class = RunFilter
    table_class = RunTable
    ordering_fields = {"business_date": "business_date"}
    ordering = "-business_date"
    empty = Empty(
        _("No night has run yet"), _("The first one starts by itself once balances have come in."), icon="moon"
    )

    def get_actions(self) -> list[Action]:
        return [START] if self.request.user.role == User.Role.ADMIN else []


class RunPage(DetailPage):
    """The page polls its progress while the run is under way, and can be left meanwhile."""

    permission = "runs:read"
    parents = [(_("Runs"), "runs")]
    queryset = Run.objects.nights().select_related("started_by")
    scoped = False
    template_name = "nightly/run.html"

    def get_actions(self) -> list[Action]:
        role, here = self.request.user.role, [self.object.pk]
        if role == User.Role.ADMIN and self.object.status == Run.Status.REFUSED:
            return [START]
        if role != User.Role.APPROVER or not self.object.is_held_back:
            return []
        return [
            Action(_("Publish this night"), reverse("run_release", args=here), icon="check"),
            Action(_("Refuse it"), reverse("run_refuse", args=here), icon="x"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run: Run = self.object
        errors = run.row_errors.all()[:SHOWN_ERRORS]
        held = tiers_of(held_of(run)) if run.status == Run.Status.HELD else []
        return super().get_context_data(
            run=run,
            stop=Stop.objects.filter(run=run).select_related("answered_by").first(),
            held=held,
            progress=progress_of(run, at=timezone.now()),
            partitions=PartitionTable(run.partitions.all(), request=self.request),
            errors=RowErrorTable(errors, request=self.request) if errors else None,
            **kwargs,
        )


class RunProgress(RunPage):
    template_name = "nightly/_progress.html"


class RunStart(Page):
    """Only admins start a night; a second start leads to the one that runs."""

    permission = "runs:write"
    http_method_names = ["post"]

    def is_allowed(self) -> bool:
        return super().is_allowed() and self.request.user.role == User.Role.ADMIN

    def back(self) -> str:
        return reverse("runs")

    def post(self, request: HttpRequest) -> HttpResponse:
        run, is_new = start.start_night(by=request.user)
        if not is_new:
            messages.info(request, _("This night is under way already."))
        tasks.ring()
        return redirect("run", run.pk)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the run and in the audit trail."),
    )


class RunAnswer(FormPage):
    """What an approver says to a night that waits."""

    permission = "runs:write"
    parents = [(_("Runs"), "runs")]
    form_class = ReasonForm

    def is_allowed(self) -> bool:
        return super().is_allowed() and self.request.user.role == User.Role.APPROVER

    @cached_property
    def run(self) -> Run:
        return get_object_or_404(Run.objects.nights(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(intro=self.get_intro(), **kwargs)

    def get_intro(self) -> str:
        return self.run.message

    def get_success_url(self) -> str:
        return reverse("run", args=[self.run.pk])


class RunRelease(RunAnswer):
    title = _("Publish this night")
    submit = _("Publish")
    done = _("The night is published.")

    def perform(self, form: ReasonForm) -> None:
        start.release_night(run=self.run, reason=form.cleaned_data["reason"], by=self.request.user)


class RunRefuse(RunAnswer):
    """The night is never published: its date is run again, once what was wrong is mended."""

    title = _("Refuse this night")
    submit = _("Refuse")
    done = _("The night is refused. Its date is run again when an admin starts it.")

    def get_intro(self) -> str:
        after = _("Nothing of it is published; its date is planned anew with the figures of that moment.")
        return f"{self.run.message} {after}"

    def perform(self, form: ReasonForm) -> None:
        stops.refuse(run=self.run, reason=form.cleaned_data["reason"], by=self.request.user)
