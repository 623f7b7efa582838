"""Possible duplicates: a list, and what looks like one customer."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages import Empty, FormPage, ListPage, Page
from customers.duplicates import comparing, services
from customers.duplicates.filters import DuplicateFilter
from customers.duplicates.forms import OtherForm, ReasonForm
from customers.duplicates.tables import DuplicateTable
from customers.models import Customer, Duplicate, Merge
from customers.views.change import ChangePage

BOTH = ("first__branch", "second__branch")


class DuplicateList(ListPage):
    permission = "duplicates:read"
    title = _("Possible duplicates")
    queryset = Duplicate.objects.select_related(*BOTH)
    filterset_class = DuplicateFilter
    table_class = DuplicateTable
    ordering_fields = {"score": "score"}
    ordering = "-score"
    empty = Empty(
        _("No possible duplicates in your reach"),
        _("Each night records are compared that share a document, a phone, an e-mail or a name with the birth date."),
    )

    @cached_property
    def rows(self) -> QuerySet:
        """What nobody has decided, unless one asks for more."""
        rows = super().rows
        return rows if self.request.GET.get("state") else rows.open()


class DuplicatePage(Page):
    """A pair leads to the two records side by side."""

    permission = "duplicates:read"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pair = get_object_or_404(Duplicate.objects.visible_to(request.user).select_related("first", "second"), **kwargs)
        stays, goes = comparing.stays_first(pair.first, pair.second)
        return redirect("customer_merge", pk=stays.pk, other=goes.pk)


class DismissPage(FormPage):
    permission = "duplicates:write"
    title = _("Two customers")
    intro = _("The pair is not proposed again. The two records stay as they are.")
    submit = _("They are two customers")
    done = _("Noted: two customers.")
    parents = [(_("Possible duplicates"), "duplicates")]
    cancel_to = success_url = "duplicates"
    form_class = ReasonForm

    @cached_property
    def pair(self) -> Duplicate:
        rows = Duplicate.objects.visible_to(self.request.user).select_related("first", "second")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return f"{self.pair.first} ({self.pair.first.number}) · {self.pair.second} ({self.pair.second.number})"

    def perform(self, form: BaseForm) -> None:
        services.dismiss_duplicate(
            duplicate=self.pair, reason=form.cleaned_data["reason"], by=self.request.user, at=timezone.now()
        )


class OfCustomerPage(ChangePage):
    """What looks like this customer, what was merged into it; and any other record can be compared."""

    permission = "duplicates:read"
    title = _("Duplicates")
    submit = _("Compare")
    template_name = "customers/duplicates/of_customer.html"
    form_class = OtherForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def perform(self, form: BaseForm) -> Customer:
        other: Customer = form.cleaned_data["customer"]
        if other.pk == self.customer.pk:
            raise RuleBroken(_("That is this record."), field="customer")
        self.url = reverse("customer_merge", args=[self.customer.pk, other.pk])
        return other

    def get_success_url(self) -> str:
        return getattr(self, "url", "") or super().get_success_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pk, user = self.customer.pk, self.request.user
        pairs = Duplicate.objects.open().of(pk)
        seen = list(pairs.visible_to(user).select_related(*BOTH))
        merges = Merge.objects.of(pk).visible_to(user).select_related("survivor", "absorbed", "by", "undone_by")
        found = {
            "pairs": [(pair, pair.second if pair.first_id == pk else pair.first) for pair in seen],
            "hidden": pairs.count() - len(seen),
            "merges": merges,
            "may_merge": self.may("merges:write"),
        }
        return super().get_context_data(**found | kwargs)
