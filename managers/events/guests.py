"""Guests on pages: whom to invite, what they say, and who stands at the door."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.base.pages import FormPage, Page
from crm.base.pages.access import Crumb, Text
from managers.events.answering import answer_invitation, check_in
from managers.events.forms import AnswerForm, ChosenForm, WhomForm
from managers.events.inviting import MOST, Answer, invite, judge
from managers.events.views import OfEvent
from managers.models import Invitation

NAMED = 10


class InviteGuests(OfEvent, Page):
    """Whom one has in mind, with the reason of each who is not to be invited; then those who were chosen are."""

    permission = "guests:write"
    title = gettext_lazy("Invite")
    template_name = "managers/events/invite.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = "channel" in self.request.GET
        form = WhomForm(self.request.GET if asked else None)
        found: dict[str, Any] = {"event": self.event, "form": form, "most": MOST, "judged": None}
        if asked and form.is_valid():
            rows = list(form.customers(self.request.user)[: MOST + 1])
            channel = form.cleaned_data["channel"]
            judged = judge(event=self.event, customers=rows[:MOST], channel=channel, at=timezone.now())
            found |= {"judged": judged, "channel": channel, "has_more": len(rows) > MOST}
            found["free"] = sum(not each.reason for each in judged)
        return super().get_context_data(**found | kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert self.event
        form = ChosenForm(request.POST, user=self.request.user)
        if not form.is_valid():
            messages.error(request, _("Choose whom to invite."))
            return self.leave(self.back())
        self._tell(invite(event=self.event, by=self.request.user, at=timezone.now(), **form.cleaned_data))
        return self.leave(self.get_success_url())

    def _tell(self, answer: Answer) -> None:
        count = len(answer.invited)
        text = ngettext("%(count)s customer is invited.", "%(count)s customers are invited.", count)
        messages.success(self.request, text % {"count": count})
        if answer.refused:
            names = "; ".join(f"{each.customer}: {each.reason}" for each in answer.refused[:NAMED])
            text = ngettext("%(count)s is not: %(names)s", "%(count)s are not: %(names)s", len(answer.refused))
            messages.warning(self.request, text % {"count": len(answer.refused), "names": names})


class OfGuest:
    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def guest(self) -> Invitation:
        rows = Invitation.objects.visible_to(self.request.user).select_related("event", "customer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_success_url(self) -> str:
        return reverse("event", args=[self.guest.event_id])


class AnswerGuest(OfGuest, FormPage):
    permission = "guests:write"
    form_class = AnswerForm
    template_name = "managers/events/answer.html"
    fragment_name = "managers/events/_answer.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert self.guest
        return super().get(request, *args, **kwargs)

    def get_title(self) -> Text:
        return _("What %(customer)s says") % {"customer": self.guest.customer}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("Events"), reverse("events")), Crumb(str(self.guest.event), self.get_success_url())]

    def get_initial(self) -> dict[str, Any]:
        return {"companions": self.guest.companions, "version": self.guest.version}

    def perform(self, form: BaseForm) -> Invitation:
        return answer_invitation(invitation=self.guest, by=self.request.user, at=timezone.now(), **form.cleaned_data)

    def get_done(self) -> Text:
        said = {"customer": self.guest.customer, "state": self.result.get_state_display()}
        return _("%(customer)s: %(state)s.") % said

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(guest=self.guest, cancel_url=self.get_success_url(), **kwargs)


class CheckIn(OfGuest, Page):
    permission = "events:write"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check_in(invitation=self.guest, by=self.request.user, at=timezone.now())
        messages.success(request, _("%(customer)s is here.") % {"customer": self.guest.customer})
        return self.leave(self.back() if request.headers.get("Referer") else self.get_success_url())
