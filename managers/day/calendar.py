"""The calendar: an address that only its owner knows gives times and nothing else, to a program that can't sign in."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

import icalendar
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from crm.audit import services as audit
from crm.base.pages import Page
from crm.identity.models import User
from customers.models import Customer
from managers.models import CalendarFeed, Event, Handover, Invitation, Meeting

PAST, AHEAD = timedelta(days=30), timedelta(days=180)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def renew_feed(*, user: User, at: datetime) -> str:
    """A new secret, told once; the address before it leads nowhere any more."""
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(user=user, defaults={"secret_hash": _hash(secret), "made_at": at})
    audit.record("calendar.renewed", user, by=user)
    return secret


@transaction.atomic
def end_feed(*, user: User) -> None:
    CalendarFeed.objects.filter(user=user).delete()
    audit.record("calendar.ended", user, by=user)


def times_of(user: User, at: datetime) -> list[tuple[str, datetime, datetime]]:
    """Meetings of the user, what they host, and to what customers of their book come: (id, from, to)."""
    guests = Invitation.objects.filter(
        event=OuterRef("pk"), customer__manager=user.pk, state__in=(Invitation.State.ACCEPTED, Invitation.State.ATTENDED)
    )  # fmt: skip
    near = Q(starts_at__gt=at - PAST, starts_at__lt=at + AHEAD)
    events = Event.objects.exclude(state=Event.State.CANCELLED).filter(Q(host=user) | Exists(guests))
    reached = Customer.objects.open_to(user).values("pk")
    handed = Handover.objects.filter(customer=OuterRef("customer"), giver=OuterRef("manager"))
    own = Q(manager=user, customer__in=reached) | Q(Exists(handed), customer__manager=user)
    meetings = Meeting.objects.standing().filter(own)
    return [
        (f"{kind}-{pk}", starts, ends)
        for kind, rows in (("event", events), ("meeting", meetings))
        for pk, starts, ends in rows.filter(near).order_by("starts_at", "pk").values_list("pk", "starts_at", "ends_at")
    ]


def drawn(user: User, at: datetime) -> bytes:
    """No name, no place, no customer: the times, and that there is something."""
    sheet = icalendar.Calendar()
    sheet.add("prodid", f"-//{settings.CRM_BRAND}//CRM//")
    sheet.add("version", "2.0")
    for key, starts, ends in times_of(user, at):
        event = icalendar.Event()
        event.add("uid", f"{key}@{settings.CRM_BRAND.lower()}")
        event.add("dtstamp", at)
        event.add("dtstart", starts)
        event.add("dtend", ends)
        event.add("summary", _("Appointment"))
        sheet.add_component(event)
    return sheet.to_ical()


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever has the address; an account that was closed has no times."""
    known = CalendarFeed.objects.select_related("user").filter(secret_hash=_hash(secret), user__is_active=True).first()
    if known is None or not known.user.may("day:read"):
        raise Http404
    with translation.override(known.user.language or settings.LANGUAGE_CODE):
        response = HttpResponse(drawn(known.user, timezone.now()), content_type="text/calendar; charset=utf-8")
    patch_cache_control(response, private=True, no_store=True)
    return response


class CalendarPage(Page):
    """Makes the address anew, says it once, and ends it."""

    permission = "day:read"
    title = gettext_lazy("Calendar")
    parents = [(pgettext_lazy("a manager's", "My day"), "day")]
    template_name = "managers/day/calendar.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "end" in request.POST:
            end_feed(user=self.request.user)
            return self.render_to_response(self.get_context_data())
        secret = renew_feed(user=self.request.user, at=timezone.now())
        url = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
        return self.render_to_response(self.get_context_data(url=url))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = CalendarFeed.objects.filter(user=self.request.user).first()
        return super().get_context_data(**{"known": known, "url": ""} | kwargs)
