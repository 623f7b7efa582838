"""Households: a list, a page with what they have together, and forms for who belongs to them."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, Text
from customers.filters import HouseholdFilter
from customers.households import services
from customers.households.forms import LeaveForm, MemberForm, NewHouseholdForm, PoolingForm
from customers.households.reading import announce
from customers.households.rollup import roll_up
from customers.households.tables import HouseholdTable
from customers.models import Household, HouseholdMember

NEW = Action(_("New household"), "household_add", icon="plus", permission="households:write")


class HouseholdList(ListPage):
    permission = "households:read"
    title = _("Households")
    filterset_class = HouseholdFilter
    table_class = HouseholdTable
    ordering_fields = {"number": "number"}
    ordering = "number"
    actions = [NEW]
    empty = Empty(_("No households in your reach"), _("People who share a home, and what they have together."), NEW)

    @cached_property
    def queryset(self) -> QuerySet[Household]:
        return Household.objects.with_member_count(timezone.localdate())


class HouseholdPage(DetailPage):
    permission = "households:read"
    queryset = Household.objects.all()
    template_name = "customers/households/detail.html"
    parents = [(_("Households"), "households")]

    def get_actions(self) -> list[Action]:
        to = reverse("household_member_add", args=[self.object.pk])
        return [Action(_("Add a member"), to, icon="user-plus")] if self.may("households:write") else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rows = list(HouseholdMember.objects.of(self.object.pk, self.request.user))
        announce(rows, self.request.user, "page.household")
        past = [each for each in rows if each.in_reach and each.until is not None and each.until <= today]
        found = {"roll_up": roll_up(rows, today), "past": past, "may_change": self.may("households:write")}
        return super().get_context_data(**found | kwargs)


class NewHousehold(FormPage):
    """`?customer=NUMBER` is the head."""

    permission = "households:write"
    title = _("New household")
    parents = [(_("Households"), "households")]
    submit = _("Create")
    done = _("Household created.")
    cancel_to = "households"
    form_class = NewHouseholdForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"customer": self.request.GET.get("customer", "")}

    def perform(self, form: BaseForm) -> Household:
        return services.found_household(by=self.request.user, as_of=timezone.localdate(), **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("household", args=[self.result.pk])


class OfHousehold(FormPage):
    """A form about a household in reach."""

    permission = "households:write"
    done = _("Saved.")

    @cached_property
    def household(self) -> Household:
        return get_object_or_404(Household.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("Households"), reverse("households")), Crumb(str(self.household), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("household", args=[self.household.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_success_url(), **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert self.household
        return super().get(request, *args, **kwargs)


class AddMember(OfHousehold):
    title = _("Add a member")
    submit = _("Add")
    form_class = MemberForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def perform(self, form: BaseForm) -> HouseholdMember:
        return services.add_member(
            household=self.household, by=self.request.user, as_of=timezone.localdate(), **form.cleaned_data
        )


class OfMember(OfHousehold):
    """A form about a membership of a customer in reach."""

    @cached_property
    def member(self) -> HouseholdMember:
        rows = HouseholdMember.objects.visible_to(self.request.user).select_related("household", "customer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def household(self) -> Household:
        return self.member.household

    def get_title(self) -> Text:
        return f"{self.title}: {self.member.customer}"


class Leave(OfMember):
    """Back to the customer: who left may have been the last member in reach."""

    title = _("Leaves the household")
    form_class = LeaveForm

    def get_success_url(self) -> str:
        return f"{reverse('customer', args=[self.member.customer_id])}?tab=relations"

    def perform(self, form: BaseForm) -> None:
        services.end_membership(
            member=self.member, by=self.request.user, as_of=timezone.localdate(), **form.cleaned_data
        )


class Pooling(OfMember):
    title = _("Counted together")
    form_class = PoolingForm

    def perform(self, form: BaseForm) -> HouseholdMember:
        return services.change_pooling(
            member=self.member, by=self.request.user, as_of=timezone.localdate(), **form.cleaned_data
        )


class MakeHead(OfMember):
    title = _("Make head of the household")
    submit = _("Make head")
    intro = _("Whoever is the head now is one of the members then.")
    form_class = Form

    def perform(self, form: BaseForm) -> None:
        services.make_head(member=self.member, by=self.request.user)
