from typing import Any

import django_filters
import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.base.tables import MomentColumn, NameColumn, Table, TagColumn
from customers.forms.inputs import DateInput
from service.models import Booking, Room

State = Booking.State
STATES = {State.BOOKED: "blue", State.ARRIVED: "green", State.NO_SHOW: "secondary", State.CANCELLED: "secondary"}


class BookingFilter(FilterSet):
    day = django_filters.DateFilter(label=_("Day"), method="on_day", widget=DateInput())
    branch = django_filters.CharFilter(label=_("Branch (code)"), field_name="room__branch__code")
    manager = django_filters.CharFilter(label=_("Manager (user name)"), field_name="meeting__manager__username")
    customer = django_filters.CharFilter(label=_("Customer"), field_name="meeting__customer__number")

    class Meta:
        model = Booking
        fields = ["state"]

    def on_day(self, rows: Any, name: str, value: Any) -> Any:
        return rows.on(value)


class BookingTable(Table):
    starts_at = MomentColumn()
    customer = NameColumn(accessor="meeting__customer", verbose_name=_("Customer"))
    manager = tables.Column(accessor="meeting__manager", verbose_name=_("Manager"))
    room = tables.Column()
    subject = tables.Column(accessor="meeting__subject", verbose_name=_("About"), default="–")
    state = TagColumn(colours=STATES)

    class Meta:
        model = Booking
        fields = ("starts_at", "customer", "manager", "room", "subject", "state")
        sequence = fields

    def row_url(self, record: Booking) -> str:
        return reverse("booking", args=[record.pk])


class RoomTable(Table):
    name = tables.Column()
    branch = tables.Column()
    is_used = tables.BooleanColumn()

    class Meta:
        model = Room
        fields = ("name", "branch", "is_used")
        sequence = fields

    def row_url(self, record: Room) -> str:
        may_write = self.request.user.may("rooms:write")
        own = self.request.user.branch
        return (
            reverse("room", args=[record.pk]) if may_write and own and record.branch.path.startswith(own.path) else ""
        )
