"""Forms about what happens in the life of a customer in reach. Each is one service."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from customers.life_events import services
from customers.life_events.days import said
from customers.life_events.forms import CorrectForm, LifeEventForm, StrikeForm
from customers.models import Customer, LifeEvent
from customers.preferences.views import KnownPage
from customers.services.versions import STALE


class NoteLifeEvent(KnownPage):
    permission = "life-events:write"
    title = _("Note a life event")
    form_class: type[BaseForm] = LifeEventForm

    def perform(self, form: BaseForm) -> LifeEvent:
        return services.note_life_event(
            customer=self.customer, by=self.request.user, at=timezone.now(), **form.cleaned_data
        )


class OfEvent(KnownPage):
    permission = "life-events:write"
    queryset: QuerySet[LifeEvent] = LifeEvent.objects.standing().select_related("customer")

    @cached_property
    def event(self) -> LifeEvent:
        return get_object_or_404(self.queryset.visible_to(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def customer(self) -> Customer:
        return self.event.customer

    def get_title(self) -> str:
        return f"{self.title}: {self.event}, {said(self.event.on, self.event.precision)}"


class CorrectLifeEvent(OfEvent):
    title = _("Correct")
    intro = _("What stood here before stays in the history.")
    form_class = CorrectForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"event": self.event}

    def perform(self, form: BaseForm) -> LifeEvent:
        return services.correct_life_event(
            event=self.event, by=self.request.user, at=timezone.now(), **form.cleaned_data
        )

    def refused(self, form: BaseForm, refusal: RuleBroken) -> HttpResponse:
        """Who was overtaken keeps what they typed, reads what is said, and saves again if they still mean it."""
        if refusal.code == STALE:
            typed = self.request.POST.copy()
            typed["version"] = str(self.queryset.get(pk=self.event.pk).version)
            form.data = typed
        return super().refused(form, refusal)


class StrikeLifeEvent(OfEvent):
    title = _("Strike out")
    submit = _("Strike out")
    intro = _("It is shown no more; that it was noted stays in the trail.")
    form_class = StrikeForm

    def perform(self, form: BaseForm) -> LifeEvent:
        return services.strike_life_event(event=self.event, by=self.request.user, at=timezone.now())
