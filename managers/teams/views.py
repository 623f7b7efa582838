"""Teams of managers: who belongs to which."""

from typing import Any

import django_tables2 as tables
from django.db.models import Count, QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty, FormPage, ListPage
from crm.base.tables import LinkColumn, Numeric, Table
from crm.identity.models import Branch, Team
from customers.forms.records import branches_of
from managers.teams.forms import TeamForm
from managers.teams.services import change_team, choices_of, make_team, others_of

BOOKS = (_("Books"), "managers")
NEW = Action(_("New team"), "team_add", icon="plus", permission="teams:write")


class TeamTable(Table):
    name = LinkColumn()
    branch = tables.Column(default="–")
    size = Numeric(verbose_name=_("Members"))

    class Meta:
        model = Team
        fields = ("name", "code", "branch", "size")
        sequence = fields

    def row_url(self, record: Any) -> str:
        return reverse("team_change", args=[record.pk]) if self.request.user.may("teams:write") else ""


class TeamList(ListPage):
    permission = "teams:read"
    title = _("Teams")
    parents = [BOOKS]
    queryset = Team.objects.select_related("branch").annotate(size=Count("members"))
    scoped = False  # how managers are grouped names no customer
    table_class = TeamTable
    ordering_fields = {"name": "name"}
    ordering = "name"
    actions = [NEW]
    empty = Empty(
        _("No team yet"),
        _("The assignment policy can give customers to a team instead of to a branch."),
        NEW,
        icon="users",
    )


class TeamPage(FormPage):
    permission = "teams:write"
    parents = [BOOKS, (_("Teams"), "teams")]
    form_class = TeamForm
    done = _("Saved.")
    cancel_to = "teams"
    success_url = "teams"

    @property
    def branches(self) -> QuerySet[Branch]:
        return branches_of(self.request.user)

    @property
    def team(self) -> Team | None:
        return None

    def get_form_kwargs(self) -> dict[str, Any]:
        user, team = self.request.user, self.team
        people, others = choices_of(team, user), others_of(team, user) if team else ()
        own = {"people": people, "others": others, "branches": self.branches, "is_new": team is None}
        return super().get_form_kwargs() | own


class TeamAdd(TeamPage):
    title = _("New team")

    def perform(self, form: BaseForm) -> Team:
        return make_team(by=self.request.user, **form.cleaned_data)


class TeamChange(TeamPage):
    """Of a branch in the head's reach."""

    title = _("Team")

    @cached_property
    def team(self) -> Team:
        return get_object_or_404(Team.objects.filter(branch__in=self.branches), pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return str(self.team)

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.team.name, "branch": self.team.branch, "members": self.team.members.all()}

    def perform(self, form: BaseForm) -> Team:
        return change_team(team=self.team, by=self.request.user, **form.cleaned_data)
