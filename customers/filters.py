"""What lists can be narrowed by; one FilterSet serves the page and the endpoint."""

import hashlib
from functools import partial
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.identity.models import Branch, User
from crm.identity.scope import Scope, scope_of
from customers import lists
from customers.completeness.filters import MissingFilter
from customers.models import Account, Balance, Customer, FeeCharge, Household, Interaction, Transaction


class InReachFilter(django_filters.CharFilter):
    """By what names a customer, or what is theirs: of customers in reach alone, for a row that were found would say that it is
    theirs. `reach` is the way to the customer."""

    def __init__(self, *args: Any, reach: str = "customer", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        return qs.filter(scope_of(self.parent.request.user).open_q(f"{self.reach}__"), **{self.field_name: value})


class CustomerFilter(FilterSet):
    search = django_filters.CharFilter(label=_("Search"), method="matching")
    number = django_filters.CharFilter(label=_("Number"))
    branch = django_filters.ModelChoiceFilter(
        label=_("Branch"), to_field_name="code", queryset=Branch.objects.order_by("path")
    )
    manager = django_filters.ModelChoiceFilter(
        label=_("Manager"), to_field_name="username", queryset=User.objects.filter(role=User.Role.MANAGER)
    )
    missing = MissingFilter()

    class Meta:
        model = Customer
        fields = ["kind", "status"]

    def matching(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        """An exact number, phone or document may be one of a merged record: it leads to the one that stands."""
        found = rows.search(text)
        return found if not any(map(str.isdigit, text)) or found.exists() else rows.exactly(text)


class CustomerListFilter(CustomerFilter):
    """The same on the page: the search box, what upper apps add, and only the choices that lie in the user's reach."""

    q = django_filters.CharFilter(label=_("Name, pinyin, initials, number"), method="matching")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.filters["search"], self.filters["number"]
        self._narrow(scope_of(self.request.user))
        for name, added in lists.filters().items():
            added.parent, added.model, added.field_name = self, Customer, added.field_name or name
            self.filters[name] = added

    def _narrow(self, scope: Scope) -> None:
        """Who looks after one book or one branch has nothing to choose; the whole bank's managers are typed. Who sees outlines
        is not asked what is missing."""
        if scope.masked:
            del self.filters["missing"]
        del self.filters["branch"], self.filters["manager"]
        if scope.everything or len(scope.branches) > 1:
            self._add("branch", django_filters.ChoiceFilter, _("Branch"), "branch__code", partial(_branches, scope))
        if scope.everything:
            self._add("manager", django_filters.CharFilter, _("Manager (user name)"), "manager__username")
        elif scope.branches or len(scope.owners) > 1:
            managers = partial(_managers, scope)
            self._add("manager", django_filters.ChoiceFilter, _("Manager"), "manager__username", managers)

    def _add(self, name: str, kind: Any, label: Any, path: str, choices: Any = None) -> None:
        added = kind(label=label, field_name=path, **{"choices": choices} if choices else {})
        added.parent, added.model = self, Customer
        self.filters[name] = added


def _branches(scope: Scope) -> list[tuple[str, str]]:
    rows = Branch.objects.all() if scope.everything else Branch.objects.filter(pk__in=scope.branches)
    return lists.remembered(_key("branches", scope), lambda: dict(rows.order_by("path").values_list("code", "name")))


def _managers(scope: Scope) -> list[tuple[str, str]]:
    reach = Q(branch__in=scope.branches) | Q(pk__in=scope.owners)
    rows = User.objects.filter(reach, role=User.Role.MANAGER).order_by("name", "username")
    return lists.remembered(_key("managers", scope), lambda: {user.username: str(user) for user in rows})


def _key(name: str, scope: Scope) -> str:
    ids = f"{scope.everything} {scope.masked} {sorted(scope.branches)} {sorted(scope.owners)}"
    return f"{name}:{hashlib.sha256(ids.encode()).hexdigest()[:24]}"


def reach_key(name: str, user: User) -> str:
    """The same for all who reach the same."""
    return _key(name, scope_of(user))


class AccountFilter(FilterSet):
    customer = InReachFilter(label=_("Customer"), field_name="holders__customer__number", reach="holders__customer")
    product = django_filters.CharFilter(label=_("Product"), field_name="product__code")
    branch = django_filters.CharFilter(label=_("Branch"), field_name="branch__code")
    search = django_filters.CharFilter(label=_("Search"), field_name="number", lookup_expr="startswith")

    class Meta:
        model = Account
        fields = ["number", "currency"]


class OfAccountFilter(FilterSet):
    account = django_filters.CharFilter(label=_("Account"), field_name="account__number")
    customer = InReachFilter(
        label=_("Customer"), field_name="account__holders__customer__number", reach="account__holders__customer"
    )


class BalanceFilter(OfAccountFilter):
    date = django_filters.DateFromToRangeFilter(label=_("Date"), field_name="on")

    class Meta:
        model = Balance
        fields: list[str] = []


class TransactionFilter(OfAccountFilter):
    id = django_filters.CharFilter(label=_("Number"), field_name="number")
    date = django_filters.DateFromToRangeFilter(label=_("Date"), field_name="booked_on")
    search = django_filters.CharFilter(label=_("Search"), field_name="number", lookup_expr="startswith")

    class Meta:
        model = Transaction
        fields = ["kind", "channel", "country"]


class CustomerTransactionFilter(TransactionFilter):
    """On the page of one customer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("customer", "search", "id"):
            del self.filters[name]


class FeeChargeFilter(OfAccountFilter):
    fee = django_filters.CharFilter(label=_("Fee"), field_name="fee__code")
    date = django_filters.DateFromToRangeFilter(label=_("Date"), field_name="charged_on")
    search = django_filters.CharFilter(label=_("Search"), field_name="number", lookup_expr="startswith")

    class Meta:
        model = FeeCharge
        fields = ["number"]


class InteractionFilter(FilterSet):
    customer = django_filters.CharFilter(label=_("Customer"), field_name="customer__number")
    at = django_filters.IsoDateTimeFromToRangeFilter(label=_("At"))
    by = django_filters.CharFilter(label=_("By"), field_name="by__username")
    next_on = django_filters.DateFromToRangeFilter(label=_("Next step on"))

    class Meta:
        model = Interaction
        fields = ["channel", "direction", "purpose", "outcome"]


class HouseholdFilter(FilterSet):
    class Meta:
        model = Household
        fields = ["number"]
