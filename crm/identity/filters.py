import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.filters import FilterSet
from crm.identity.models import Branch, User


class BranchFilter(FilterSet):
    parent = django_filters.ModelChoiceFilter(
        label=_("Parent"), to_field_name="code", queryset=Branch.objects.order_by("path")
    )
    search = django_filters.CharFilter(label=_("Search"), method="matching")

    class Meta:
        model = Branch
        fields = ["code", "level", "region"]

    def matching(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        return rows.filter(Q(code__istartswith=text) | Q(name__icontains=text))


class UserFilter(FilterSet):
    branch = django_filters.ModelChoiceFilter(
        label=_("Branch"), to_field_name="code", queryset=Branch.objects.order_by("path")
    )
    search = django_filters.CharFilter(label=_("Search"), method="matching")

    class Meta:
        model = User
        fields = ["username", "role", "is_active"]

    def matching(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        return rows.filter(Q(username__istartswith=text) | Q(name__icontains=text))
