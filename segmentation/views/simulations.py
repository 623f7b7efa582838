"""Trying a draft: asked for here, watched while it runs, read when it has ended."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRefresh

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, is_fragment
from crm.base.templatetags.frame import said_day
from crm.jobs.progress import progress_of
from segmentation import tasks
from segmentation.filters import MoverFilter, SimulationFilter
from segmentation.models import SimulatedTier, Simulation
from segmentation.services import simulations as services
from segmentation.simulation.shown import answer, matrix_of, names_of, spared_of
from segmentation.simulation.tables import MoverTable, SimulationTable
from segmentation.views.drafts import OwnDraft

HERE = [(_("Simulations"), "simulations")]


class SimulationList(ListPage):
    permission = "simulations:read"
    title = _("Simulations")
    queryset = Simulation.objects.select_related("run__started_by")
    scoped = False
    filterset_class = SimulationFilter
    table_class = SimulationTable
    ordering = "-"
    exportable = False
    empty = Empty(
        _("Nothing has been tried yet"),
        _("A draft is tried on the whole book before it is proposed: who would move, and what it costs."),
        Action(_("Drafts"), "drafts", permission="drafts:read"),
        icon="flask",
    )


class TryForm(forms.Form):
    date = forms.DateField(
        label=_("Data date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The published date or a month's end. Without one: the newest day on which the draft reviews."),
    )


class DraftSimulate(OwnDraft, FormPage):
    permission = "simulations:write"
    title = _("Try it")
    form_class = TryForm
    submit = _("Try it")
    intro = _("The draft is tried on the whole book, beside the published policy. Nothing changes.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": reverse("draft", args=[self.draft.pk])} | kwargs)

    def perform(self, form: TryForm) -> Simulation:
        draft = {self.draft.kind: self.draft.content}
        found = services.open_simulation(draft=draft, by=self.request.user, day=form.cleaned_data["date"])
        tasks.ring()
        return found

    def get_success_url(self) -> str:
        return reverse("simulation", args=[self.result.pk])


class SimulationPage(DetailPage):
    """A bar that polls while it runs, and can be left; then the effect."""

    permission = "simulations:read"
    parents = HERE
    queryset = Simulation.objects.select_related("run__started_by")
    scoped = False
    context_object_name = "simulation"
    template_name = "segmentation/simulation/page.html"

    def get_title(self) -> str:
        return str(_("Simulation on %(day)s") % {"day": said_day(self.object.business_date)})

    def get_actions(self) -> list[Action]:
        url = reverse("simulation_movers", args=[self.object.pk])
        return [Action(_("Who would move"), url, icon="users")] if self.object.run.result.get("movers") else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.object.run
        context: dict[str, Any] = {"run": run, "progress": progress_of(run, at=timezone.now())}
        if run.has_ended:
            context |= {
                "answer": answer(run.result),
                "matrix": matrix_of(self.object.draft, run.result),
                "spared": spared_of(self.object.draft, run.result),
                "managers": run.result["managers"],
                "customers": run.result["customers"],
                "simulation_id": self.object.pk,
            }
        return super().get_context_data(**context | kwargs)


class SimulationProgress(SimulationPage):
    """The bar; once it has ended the whole page, which shows the effect."""

    template_name = "segmentation/simulation/_progress.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        return HttpResponseClientRefresh() if is_fragment(request) and self.object.run.has_ended else response


class MoverList(ListPage):
    """Whom the draft would move: by name in one's reach, by pseudonym for who sees no customer."""

    permission = "simulations:read"
    title = _("Movers")
    queryset = SimulatedTier.objects.movers().select_related("customer__branch")
    scoped = False
    filterset_class = MoverFilter
    table_class = MoverTable
    ordering = ""
    empty = Empty(_("Nobody would move"), _("The draft puts everybody where the published policy does."))

    @cached_property
    def simulation(self) -> Simulation:
        return get_object_or_404(Simulation, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _found = self.simulation
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        """Of the whole book for who sets policies and sees no customer; everybody else within reach."""
        rows = self.queryset.filter(simulation=self.simulation)
        return rows if self.may("simulations:write") else rows.visible_to(self.request.user)

    def table_options(self) -> dict[str, Any]:
        return {"is_masked": self.may("simulations:write"), "names": names_of(self.simulation.draft)}

    def get_crumbs(self) -> list[Crumb]:
        here = Crumb(str(self.simulation), reverse("simulation", args=[self.simulation.pk]))
        return [Crumb(_("Simulations"), reverse("simulations")), here]
