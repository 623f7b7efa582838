"""Pages of the queues, and of who works them off."""

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty, FormPage, ListPage
from crm.identity.models import Team, User
from customers.forms.inputs import DateInput
from segmentation.editor.inputs import SEPARATORS
from service.models import DeskProfile, Ticket, TicketQueue
from service.tickets.desk_tables import PeopleTable, QueueTable
from service.tickets.keeping import MOST, keep_profile, keep_queue
from service.tickets.querysets import teams_kept_by
from service.words import ENDED

QUEUES = (_("Queues"), "ticket_queues")
PEOPLE = (_("Who works on tickets"), "desk_profiles")
CODE = r"[a-z0-9][a-z0-9_-]{0,31}"


class QueueList(ListPage):
    permission = "ticket-queues:read"
    scoped = False
    title = _("Queues")
    parents = [(_("Tickets"), "tickets")]
    queryset = TicketQueue.objects.select_related("team")
    table_class = QueueTable
    ordering_fields = {"name": "name"}
    ordering = "name"
    actions = [
        Action(_("New queue"), "ticket_queue_add", icon="plus", permission="ticket-queues:write"),
        Action(PEOPLE[0], "desk_profiles", icon="users"),
    ]
    empty = Empty(
        _("No queue yet"),
        _("Tickets wait in a queue for somebody of its team who has its skill."),
        Action(_("New queue"), "ticket_queue_add", permission="ticket-queues:write"),
        icon="stack-2",
    )

    def get_queryset(self) -> QuerySet:
        is_open = ~Q(tickets__status__in=ENDED) & Q(tickets__isnull=False)
        waiting = Count("tickets", filter=is_open & Q(tickets__assignee=None))
        return super().get_queryset().annotate(open=Count("tickets", filter=is_open), waiting=waiting)


class QueueForm(forms.Form):
    code = forms.RegexField(CODE, label=_("Code"), max_length=32)
    name = forms.CharField(label=_("Name"), max_length=80)
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.order_by("name"), to_field_name="code")
    skill = forms.CharField(label=_("Skill"), max_length=32, required=False, help_text=_("Empty: the whole team."))
    is_dealt = forms.BooleanField(label=_("Dealt out by itself, by what each can still carry"), required=False)


class KeepQueue(FormPage):
    permission = "ticket-queues:write"
    title = _("Queue")
    parents = [QUEUES]
    form_class = QueueForm
    done = _("Saved.")
    cancel_to = "ticket_queues"

    @cached_property
    def queue(self) -> TicketQueue | None:
        own = TicketQueue.objects.kept_by(self.request.user).select_related("team")
        return get_object_or_404(own, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None

    def get_initial(self) -> dict[str, Any]:
        return {} if self.queue is None else vars(self.queue) | {"team": self.queue.team.code}

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        form.fields["code"].disabled = self.queue is not None
        form.fields["team"].queryset = teams_kept_by(self.request.user).order_by("name")
        return form

    def perform(self, form: BaseForm) -> TicketQueue:
        return keep_queue(queue=self.queue, by=self.request.user, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("ticket_queues")


class PeopleList(ListPage):
    permission = "ticket-queues:read"
    title = PEOPLE[0]
    parents = [QUEUES]
    queryset = DeskProfile.objects.select_related("user").with_load(Ticket.objects.all())
    table_class = PeopleTable
    ordering_fields = {"user": "user__username"}
    ordering = "user"
    actions = [Action(_("Add somebody"), "desk_profile_keep", icon="plus", permission="ticket-queues:write")]
    empty = Empty(
        _("Nobody works on tickets yet"),
        _("Whoever takes tickets has skills, and a number of tickets that they carry at once."),
        Action(_("Add somebody"), "desk_profile_keep", permission="ticket-queues:write"),
        icon="users",
    )


class ProfileForm(forms.Form):
    user = forms.CharField(label=_("User name"), max_length=150)
    capacity = forms.IntegerField(label=_("Open tickets at once"), min_value=1, max_value=MOST, initial=12)
    skills = forms.CharField(
        label=_("Skills"), max_length=300, required=False, help_text=_("With commas between them.")
    )
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"), queryset=Team.objects.order_by("name"), required=False, to_field_name="code", widget=forms.CheckboxSelectMultiple,
        help_text=_("Managers stay in the teams of their heads."),
    )  # fmt: skip
    away_until = forms.DateField(
        label=_("Away until"), required=False, widget=DateInput(), help_text=_("The day they are back.")
    )

    def clean_user(self) -> User:
        found = User.objects.filter(username=self.cleaned_data["user"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("Nobody has this user name."))
        return found

    def clean_skills(self) -> list[str]:
        return [word for word in SEPARATORS.split(self.cleaned_data["skills"]) if word][:20]


class KeepProfile(FormPage):
    """`?user=` is whom it is about."""

    permission = "ticket-queues:write"
    title = PEOPLE[0]
    parents = [QUEUES, PEOPLE]
    form_class = ProfileForm
    done = _("Saved.")
    cancel_to = "desk_profiles"

    def get_initial(self) -> dict[str, Any]:
        name = self.request.GET.get("user", "")
        profile = (
            DeskProfile.objects.kept_by(self.request.user).filter(user__username=name).select_related("user").first()
        )
        if profile is None:
            return {"user": name}
        return vars(profile) | {
            "user": name,
            "skills": ", ".join(profile.skills),
            "teams": [each.code for each in profile.user.teams.all()],
        }

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        form.fields["teams"].queryset = teams_kept_by(self.request.user).order_by("name")
        return form

    def perform(self, form: BaseForm) -> DeskProfile:
        return keep_profile(by=self.request.user, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("desk_profiles")
