"""Buttons of the desk, each of which leads back there."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages import Page
from service.models import Counter, QueueNumber
from service.queue import calling
from service.queue.forms import ChangeForm, TransferForm
from service.queue.keeping import leave, sit_down

VERBS: dict[str, Callable[..., QueueNumber]] = {
    "recall": calling.recall,
    "serve": calling.serve,
    "finish": calling.finish,
    "no-show": calling.give_up,
}


class AtDesk(Page):
    """A button of the desk: it leads back there."""

    permission = "queue:write"
    http_method_names = ["post", "options"]

    def back(self) -> str:
        return reverse("queue")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.perform()
        return self.leave(self.back())

    def perform(self) -> None:
        raise NotImplementedError

    def own_counter(self) -> Counter:
        rows = Counter.objects.visible_to(self.request.user).select_related("queue")
        return get_object_or_404(rows, teller=self.request.user)


class CallNext(AtDesk):
    def perform(self) -> None:
        if calling.call_next(counter=self.own_counter(), by=self.request.user, at=timezone.now()) is None:
            messages.info(self.request, str(_("Nobody waits for your counter.")))


class SitDown(AtDesk):
    def perform(self) -> None:
        rows = Counter.objects.visible_to(self.request.user).select_related("queue")
        sit_down(counter=get_object_or_404(rows, pk=self.kwargs["pk"]), by=self.request.user)


class Leave(AtDesk):
    def perform(self) -> None:
        rows = Counter.objects.visible_to(self.request.user).select_related("queue")
        leave(counter=get_object_or_404(rows, pk=self.kwargs["pk"]), by=self.request.user)


class OfNumber(AtDesk):
    form_class: type[forms.Form] = ChangeForm

    def perform(self) -> None:
        rows = QueueNumber.objects.visible_to(self.request.user).select_related("queue")
        number = get_object_or_404(rows, pk=self.kwargs["pk"])
        form = self.form_class(self.request.POST)
        if not form.is_valid():
            raise RuleBroken(str(next(iter(form.errors.values()))[0]), code="invalid")
        said = form.cleaned_data
        self.do(number=number, by=self.request.user, at=timezone.now(), **said)

    def do(self, **said: Any) -> None:
        VERBS[self.kwargs["do"]](**said)


class Transfer(OfNumber):
    form_class = TransferForm

    def do(self, **said: Any) -> None:
        calling.transfer(**said)
