"""Groups: a list, a page with the tree and what the members may owe and owe together, and forms for who belongs to them."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, Text
from customers.companies import groups
from customers.companies.filters import CompanyGroupFilter
from customers.companies.forms import GroupLimitForm, JoinForm, LeaveGroupForm, NewGroupForm
from customers.companies.reading import announce, day_asked, group_shown
from customers.companies.tables import CompanyGroupTable
from customers.models import CompanyGroup, GroupLimit, GroupMember

NEW = Action(_("New group"), "company_group_add", icon="plus", permission="groups:write")


class GroupList(ListPage):
    permission = "groups:read"
    title = _("Groups of companies")
    filterset_class = CompanyGroupFilter
    table_class = CompanyGroupTable
    ordering_fields = {"number": "number"}
    ordering = "number"
    actions = [NEW]
    empty = Empty(
        _("No groups in your reach"),
        _("Companies that the bank looks at as one, and what it lends them together."),
        NEW,
        icon="sitemap",
    )

    @cached_property
    def queryset(self) -> QuerySet[CompanyGroup]:
        return CompanyGroup.objects.with_member_count(timezone.localdate())


class GroupPage(DetailPage):
    """`?on=`: who belonged to it and who stood above whom on a past day; sums are of today alone."""

    permission = "groups:read"
    queryset = CompanyGroup.objects.all()
    context_object_name = "group"
    template_name = "customers/companies/group.html"
    parents = [(_("Groups of companies"), "company_groups")]

    def get_actions(self) -> list[Action]:
        if not self.may("groups:write"):
            return []
        pk = [self.object.pk]
        return [
            Action(_("Add a company"), reverse("company_group_join", args=pk), icon="plus"),
            Action(_("Set the limit"), reverse("company_group_limit", args=pk), icon="gauge"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = group_shown(self.object, self.request.user, day_asked(self.request))
        announce(found["roll_up"].members, self.request.user, "page.company_group")
        found |= {"may_change": self.may("groups:write"), "limits": self.object.limits.select_related("by")}
        return super().get_context_data(**found | kwargs)


class NewGroup(FormPage):
    """`?customer=NUMBER` is the first member."""

    permission = "groups:write"
    title = _("New group")
    parents = [(_("Groups of companies"), "company_groups")]
    submit = _("Create")
    done = _("Group created.")
    cancel_to = "company_groups"
    form_class = NewGroupForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"customer": self.request.GET.get("customer", "")}

    def perform(self, form: BaseForm) -> CompanyGroup:
        return groups.found_group(by=self.request.user, as_of=timezone.localdate(), **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("company_group", args=[self.result.pk])


class OfGroup(FormPage):
    """A form about a group in reach."""

    permission = "groups:write"
    done = _("Saved.")

    @cached_property
    def group(self) -> CompanyGroup:
        return get_object_or_404(CompanyGroup.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        up = Crumb(_("Groups of companies"), reverse("company_groups"))
        return [up, Crumb(str(self.group), reverse("company_group", args=[self.group.pk]))]

    def get_success_url(self) -> str:
        return reverse("company_group", args=[self.group.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_success_url(), **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert self.group
        return super().get(request, *args, **kwargs)


class JoinGroup(OfGroup):
    title = _("Add a company")
    submit = _("Add")
    form_class = JoinForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def perform(self, form: BaseForm) -> GroupMember:
        return groups.join_group(
            group=self.group, by=self.request.user, as_of=timezone.localdate(), **form.cleaned_data
        )


class LimitGroup(OfGroup):
    title = _("Set the limit")
    intro = _("The limit that holds now ends on the day on which this one begins, and stays told for the days before.")
    form_class = GroupLimitForm

    def perform(self, form: BaseForm) -> GroupLimit:
        return groups.limit_group(group=self.group, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class LeaveGroup(OfGroup):
    """Back to the company: who left may have been the last member in reach."""

    title = _("Leaves the group")
    form_class = LeaveGroupForm

    @cached_property
    def member(self) -> GroupMember:
        rows = GroupMember.objects.visible_to(self.request.user).select_related("group", "customer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def group(self) -> CompanyGroup:
        return self.member.group

    def get_title(self) -> Text:
        return f"{self.title}: {self.member.customer}"

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.member.customer_id])}?tab=relations"

    def perform(self, form: BaseForm) -> None:
        groups.leave_group(member=self.member, by=self.request.user, as_of=timezone.localdate(), **form.cleaned_data)
