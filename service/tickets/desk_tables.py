"""Queues and people in lists; whoever keeps a row opens it, others see its tickets."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, Numeric, Table
from service.models import DeskProfile, TicketQueue


class QueueTable(Table):
    name = tables.Column()
    team = tables.Column()
    skill = tables.Column(default="–")
    is_dealt = tables.BooleanColumn()
    waiting = Numeric(verbose_name=_("With nobody"))
    open = Numeric(verbose_name=_("Open tickets"))

    class Meta:
        model = TicketQueue
        fields = ("name", "team", "skill", "is_dealt", "waiting", "open")
        sequence = fields

    @cached_property
    def own(self) -> set[int]:
        return set(TicketQueue.objects.kept_by(self.request.user).values_list("pk", flat=True))

    def row_url(self, record: TicketQueue) -> str:
        if record.pk in self.own:
            return reverse("ticket_queue", args=[record.pk])
        return f"{reverse('tickets')}?queue={record.code}"


class PeopleTable(Table):
    user = tables.Column()
    skills = tables.Column(default="–")
    carried = Numeric(verbose_name=_("Open tickets"))
    capacity = Numeric()
    away_until = DateColumn(default="–")

    class Meta:
        model = DeskProfile
        fields = ("user", "skills", "carried", "capacity", "away_until")
        sequence = fields

    @cached_property
    def own(self) -> set[int]:
        return set(DeskProfile.objects.kept_by(self.request.user).values_list("pk", flat=True))

    def row_url(self, record: DeskProfile) -> str:
        if record.pk not in self.own:
            return f"{reverse('tickets')}?assignee={record.user.username}"
        return f"{reverse('desk_profile_keep')}?user={record.user.username}"

    def render_skills(self, value: list[str]) -> str:
        return ", ".join(value) or "–"
