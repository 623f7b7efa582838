"""What one does with a roster: made, filled, published, and shifts that are swapped."""

from datetime import timedelta
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import FormPage, Page
from crm.base.pages.access import Crumb
from crm.identity.models import Team
from service.models import Roster, Shift, Swap
from service.roster import planning, swapping
from service.roster.forms import DemandForm, RosterForm, ShiftForm, SwapForm
from service.roster.hours import needed_of
from service.roster.views import ROSTERS, ROWS


class MakeRoster(FormPage):
    permission = "rosters:write"
    title, submit = _("New roster"), _("Make it")
    parents = [ROSTERS]
    cancel_to = "rosters"
    form_class = RosterForm

    def get_initial(self) -> dict[str, Any]:
        return {"week_on": timezone.localdate() + timedelta(days=7)}

    def perform(self, form: BaseForm) -> Roster:
        return planning.make_roster(by=self.request.user, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("roster", args=[self.result.pk])


class OfRoster(FormPage):
    permission = "rosters:write"

    @cached_property
    def roster(self) -> Roster:
        return get_object_or_404(ROWS.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(ROSTERS[0], reverse("rosters")), Crumb(str(self.roster), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("roster", args=[self.roster.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"intro": str(self.roster), "cancel_url": self.get_success_url()} | kwargs)


class AddShift(OfRoster):
    title, submit, done = _("Add a shift"), _("Add"), _("Added.")
    form_class = ShiftForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"roster": self.roster}

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.roster.week_on}

    def perform(self, form: BaseForm) -> Shift:
        return planning.add_shift(roster=self.roster, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class PublishRoster(Page):
    permission = "rosters:write"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        roster = get_object_or_404(Roster.objects.visible_to(self.request.user), pk=kwargs["pk"])
        planning.publish(roster=roster, by=self.request.user, at=timezone.now())
        return redirect("roster", roster.pk)


class RemoveShift(Page):
    permission = "rosters:write"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = Shift.objects.visible_to(self.request.user).select_related("roster__team")
        shift = get_object_or_404(rows, pk=kwargs["pk"])
        planning.remove_shift(shift=shift, by=self.request.user, at=timezone.now())
        return redirect("roster", shift.roster_id)


class TeamDemand(FormPage):
    """How many of a team must be there by the hour of the week."""

    permission = "rosters:write"
    title, submit, done = _("How many are needed"), _("Set"), _("Saved.")
    template_name = "service/roster/demand.html"
    parents = [ROSTERS]
    form_class = DemandForm

    @cached_property
    def team(self) -> Team:
        return get_object_or_404(Team, pk=self.kwargs["pk"])

    def perform(self, form: BaseForm) -> int:
        return planning.set_demand(team=self.team, by=self.request.user, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("roster_demand", args=[self.team.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        needed = needed_of(self.team)
        days = [(label, [needed.get((day, hour), 0) for hour in range(24)]) for day, label in self.form_days()]
        return super().get_context_data(**{"team": self.team, "hours": range(24), "days": days} | kwargs)

    def form_days(self) -> list[tuple[int, Any]]:
        return [(int(day), label) for day, label in DemandForm.base_fields["weekdays"].choices]


class AskSwap(FormPage):
    permission = "swaps:write"
    title, submit, done = _("Swap the shift"), _("Ask"), _("Asked: it is theirs once they consent and a head approves.")
    form_class = SwapForm

    @cached_property
    def shift(self) -> Shift:
        rows = Shift.objects.visible_to(self.request.user).filter(user=self.request.user)
        return get_object_or_404(rows.select_related("roster__team", "user"), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"shift": self.shift, "at": timezone.now()}

    def get_success_url(self) -> str:
        return reverse("roster", args=[self.shift.roster_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"intro": str(self.shift), "cancel_url": self.get_success_url()} | kwargs)

    def perform(self, form: BaseForm) -> Swap:
        return swapping.ask_swap(shift=self.shift, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class DecideSwap(Page):
    """`do` is consent, approve or refuse."""

    permission = "swaps:write"
    http_method_names = ["post", "options"]
    VERBS = {"consent": swapping.consent, "approve": swapping.approve_swap, "refuse": swapping.refuse_swap}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        swap = get_object_or_404(Swap.objects.visible_to(self.request.user).select_related("shift"), pk=kwargs["pk"])
        verb = self.VERBS.get(request.POST.get("do", ""), swapping.refuse_swap)
        verb(swap=swap, by=self.request.user, at=timezone.now())
        return redirect("roster", swap.shift.roster_id)
