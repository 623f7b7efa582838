"""What a head does with an event: plans and changes it, opens it for answers and closes it, says that it was held or cancelled."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.pages import FormPage, Page
from managers.events import planning
from managers.events.forms import CancelForm, EventForm, HeldForm
from managers.events.views import OfEvent
from managers.models import Event


class PlanEvent(FormPage):
    permission = "event-plans:write"
    title = _("Plan an event")
    parents = [(_("Events"), "events")]
    form_class = EventForm
    submit = _("Plan it")
    cancel_to = "events"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"branch": self.request.user.branch_id, "host": self.request.user.pk}

    def perform(self, form: BaseForm) -> Event:
        return planning.plan_event(by=self.request.user, at=timezone.now(), **form.said)

    def get_success_url(self) -> str:
        return reverse("event", args=[self.result.pk])


class OfPlan(OfEvent, FormPage):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert self.event
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_success_url(), **kwargs)


class ChangeEvent(OfPlan):
    title = _("Change the event")
    form_class = EventForm
    done = _("Saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "instance": self.event}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.event.version}

    def perform(self, form: BaseForm) -> Event:
        said = {"version": form.cleaned_data["version"], "by": self.request.user, "at": timezone.now()}
        return planning.change_event(event=self.event, **said, **form.said)


class HoldEvent(OfPlan):
    title = _("It was held")
    submit = _("It was held")
    intro = _("Who accepted and was not checked in is recorded as absent.")
    form_class = HeldForm

    def get_initial(self) -> dict[str, Any]:
        return {"cost": self.event.cost}

    def perform(self, form: BaseForm) -> Event:
        return planning.close_event(event=self.event, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class CancelEvent(OfPlan):
    title = _("Cancel the event")
    submit = _("Cancel the event")
    form_class = CancelForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = _("%(count)s open invitations are cancelled, and the managers of who accepted are told.")
        count = self.event.invitations.open().count()
        return super().get_context_data(**{"intro": intro % {"count": count}} | kwargs)

    def perform(self, form: BaseForm) -> Event:
        return planning.cancel_event(event=self.event, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class EventStep(OfEvent, Page):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.take()
        return self.leave(self.get_success_url())

    def take(self) -> None:
        raise NotImplementedError


class OpenEvent(EventStep):
    def take(self) -> None:
        planning.open_event(event=self.event, by=self.request.user)


class CloseAnswers(EventStep):
    def take(self) -> None:
        planning.close_answers(event=self.event, by=self.request.user)
