import django_tables2 as tables
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from crm.base.tables import LinkColumn, MomentColumn, MoneyColumn, NameColumn, Numeric, Table, TagColumn
from crm.base.templatetags.frame import names
from managers.models import Event, Invitation

STATES = {
    Event.State.PLANNED: "secondary",
    Event.State.OPEN: "green",
    Event.State.CLOSED: "yellow",
    Event.State.HELD: "blue",
    Event.State.CANCELLED: "red",
}
GUESTS = {
    Invitation.State.INVITED: "secondary",
    Invitation.State.ACCEPTED: "green",
    Invitation.State.WAITING: "yellow",
    Invitation.State.DECLINED: "red",
    Invitation.State.CANCELLED: "red",
    Invitation.State.ATTENDED: "blue",
    Invitation.State.ABSENT: "orange",
}


class EventTable(Table):
    name = LinkColumn()
    starts_at = MomentColumn()
    kind = tables.Column()
    branch = tables.Column()
    place = tables.Column()
    state = TagColumn(colours=STATES)
    places = Numeric()
    taken = Numeric()
    host = tables.Column()
    ends_at = MomentColumn()
    budget = MoneyColumn(default="–")
    cost = MoneyColumn(default="–")
    hidden = ("host", "ends_at", "budget", "cost")

    class Meta:
        model = Event
        fields = ("name", "starts_at", "kind", "branch", "place", "state", "places", "taken", "host", "ends_at", "budget", "cost")  # fmt: skip
        sequence = fields

    def row_url(self, record: Event) -> str:
        return reverse("event", args=[record.pk])


class GuestTable(Table):
    """With the buttons by which what a guest says is recorded, for who may."""

    customer = NameColumn()
    state = TagColumn(colours=GUESTS)
    companions = Numeric()
    line = Numeric(default="–")
    answered_at = MomentColumn(default="–")
    manager = tables.Column(accessor="customer__manager", verbose_name=_("Manager"), default="–")
    step = tables.Column(
        accessor="pk", verbose_name=_("Next step"), attrs={"td": {"class": "text-end"}}, exclude_from_export=True
    )
    channel = tables.Column()
    invited_by = tables.Column()
    invited_at = MomentColumn()
    checked_in_at = MomentColumn(default="–")
    hidden = ("channel", "invited_by", "invited_at", "checked_in_at")

    class Meta:
        model = Invitation
        fields = ("customer", "state", "companions", "line", "answered_at", "manager", "channel", "invited_by", "invited_at", "checked_in_at", "step")  # fmt: skip
        sequence = fields

    def row_url(self, record: Invitation) -> str:
        return reverse("customer", args=[record.customer_id])

    def render_customer(self, record: Invitation) -> str:
        shown = format_html('<a class="name" href="{}">{}</a>', self.row_url(record), "{}")
        return format_html(shown, names(record.customer))

    def render_step(self, record: Invitation) -> str:
        user, event = self.request.user, record.event
        is_on = event.state in (Event.State.OPEN, Event.State.CLOSED)
        may_check_in = is_on and record.state == Invitation.State.ACCEPTED and event.is_today
        context = {
            "guest": record,
            "csrf_token": get_token(self.request),
            "may_answer": is_on and user.may("guests:write") and record.checked_in_at is None,
            "may_check_in": may_check_in and user.may("events:write"),
        }
        return get_template("managers/events/_step.html").render(context)
