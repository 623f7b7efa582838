"""The reception of a branch, and bookings of managers and rooms."""

from typing import Any, ClassVar

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, Text, is_fragment
from crm.base.tables import Table
from crm.identity.scope import scope_of
from service.models import Booking
from service.queue.places import OfQueue
from service.reception import services
from service.reception.forms import BookForm, CancelBookingForm, MoveForm, ReadForm
from service.reception.hall import bookings_at, lines_of, numbers_at
from service.reception.tables import STATES, BookingFilter, BookingTable

RECEPTION, BOOKINGS = (pgettext_lazy("a branch", "Reception"), "reception"), (_("Bookings"), "bookings")
BOOK = Action(_("Book"), "booking_add", icon="calendar-plus", permission="bookings:write", key="b")
ROWS = Booking.objects.select_related("meeting__customer", "meeting__manager", "room__branch")


class Reception(OfQueue):
    """Drawn anew every few seconds, so that a VIP who comes is seen."""

    permission = "reception:read"
    title = RECEPTION[0]
    actions = [BOOK, Action(BOOKINGS[0], "bookings", icon="calendar", permission="bookings:read")]

    def get_template_names(self) -> list[str]:
        return ["service/reception/_hall.html" if is_fragment(self.request) else "service/reception/hall.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        numbers = numbers_at(self.queue, now) if self.queue else []
        bookings = bookings_at(self.queue, now) if self.queue else []
        scope = scope_of(self.request.user)
        shown = {
            "lines": lines_of(numbers, bookings),
            "vips": [(each, bool(each.customer and scope.holds(each.customer))) for each in numbers if each.is_vip],
            "bookings": bookings,
            "may_write": self.may("bookings:write"),
            "now": now,
        }
        return super().get_context_data(**shown | kwargs)


class BookingList(ListPage):
    permission = "bookings:read"
    title = BOOKINGS[0]
    parents = [RECEPTION]
    queryset = ROWS
    filterset_class = BookingFilter
    table_class: ClassVar[type[Table]] = BookingTable
    ordering_fields = {"starts_at": "starts_at"}
    ordering = "-starts_at"
    actions = [BOOK, Action(_("Rooms"), "rooms", icon="door", permission="rooms:read")]
    empty = Empty(
        _("No booking yet"), _("A manager and a room at any branch are booked for a customer."), BOOK, icon="calendar"
    )


class Book(FormPage):
    permission = "bookings:write"
    title = _("Book a manager and a room")
    submit = _("Book")
    done = _("Booked; the manager is told.")
    parents = [RECEPTION, BOOKINGS]
    form_class = BookForm
    cancel_to = success_url = "bookings"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"customer": self.request.GET.get("customer", "")}

    def perform(self, form: BaseForm) -> Booking:
        return services.book(by=self.request.user, at=timezone.now(), **form.cleaned_data)


class BookingPage(DetailPage):
    permission = "bookings:read"
    reads_are_logged = True
    template_name = "service/reception/booking.html"
    context_object_name = "booking"
    queryset = ROWS.select_related("moved_from")
    object: Booking

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(label, reverse(name)) for label, name in (RECEPTION, BOOKINGS)]  # type: ignore[arg-type]

    def get_actions(self) -> list[Action]:
        if not self.may("bookings:write") or self.object.state != Booking.State.BOOKED:
            return []
        return [
            self._action(_("Arrived"), "booking_arrive", "user-check"),
            self._action(pgettext_lazy("a booking", "Move"), "booking_move", "calendar-time"),
            self._action(_("Did not come"), "booking_miss", "user-off"),
            self._action(_("Cancel it"), "booking_cancel", "calendar-off"),
        ]

    def _action(self, label: Text, name: str, icon: str) -> Action:
        return Action(label, reverse(name, args=[self.object.pk]), icon=icon, dialog=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        booking = self.object
        shown = {
            "colour": STATES[Booking.State(booking.state)],
            "in_reach": scope_of(self.request.user).holds(booking.meeting.customer),
        }
        return super().get_context_data(**shown | kwargs)


class OfBooking(FormPage):
    permission = "bookings:write"
    form_class: Any = ReadForm
    done = _("Saved.")

    @cached_property
    def booking(self) -> Booking:
        return get_object_or_404(ROWS.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        minutes = int((self.booking.ends_at - self.booking.starts_at).total_seconds() // 60)
        return {
            "version": self.booking.version, "starts_at": timezone.localtime(self.booking.starts_at), "minutes": minutes,
            "room": self.booking.room_id,
        }  # fmt: skip

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(BOOKINGS[0], reverse("bookings")), Crumb(str(self.booking), self._page())]  # type: ignore[arg-type]

    def _page(self) -> str:
        return reverse("booking", args=[self.booking.pk])

    def get_success_url(self) -> str:
        made = getattr(self, "result", None)
        return reverse("booking", args=[made.pk]) if made else self._page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"intro": str(self.booking), "cancel_url": self._page()} | kwargs)

    def perform(self, form: BaseForm) -> Any:
        return self.verb(booking=self.booking, by=self.request.user, at=timezone.now(), **form.cleaned_data)

    def verb(self, **said: Any) -> Booking:
        raise NotImplementedError


class Arrive(OfBooking):
    title, submit, done = _("Arrived"), _("They are here"), _("The manager is told.")

    def verb(self, **said: Any) -> Booking:
        return services.arrive(**said)


class Miss(OfBooking):
    title, submit = _("Did not come"), _("Nobody came")

    def verb(self, **said: Any) -> Booking:
        return services.miss(**said)


class Cancel(OfBooking):
    title = submit = _("Cancel the booking")
    form_class = CancelBookingForm

    def verb(self, **said: Any) -> Booking:
        return services.cancel(**said)


class Move(OfBooking):
    title, submit = _("Move the booking"), pgettext_lazy("a booking", "Move")
    form_class = MoveForm

    def verb(self, **said: Any) -> Booking:
        return services.move(**said)
