"""Gifts and hospitality: the list, what each customer was given in a year, and recording it."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.pages import Action, Empty, FormPage, ListPage
from crm.base.pages.access import Text
from customers.models import Customer
from managers.events.plans import OfPlan
from managers.gifts.filters import GiftFilter, GivenFilter
from managers.gifts.forms import GiftForm, GuestsForm, StrikeForm
from managers.gifts.services import Recorded, propose_gift, record_for_guests, record_gift, strike_gift
from managers.gifts.tables import GiftTable, GivenTable
from managers.models import Gift
from segmentation.rules.sentences import money

NEW = Action(gettext_lazy("Record a gift"), "gift_add", icon="gift", permission="gifts:write")
HERE: list[tuple[Text, str]] = [(gettext_lazy("Gifts and hospitality"), "gifts")]


class GiftList(ListPage):
    permission = "gifts:read"
    title = gettext_lazy("Gifts and hospitality")
    queryset = Gift.objects.select_related("customer", "event", "by")
    filterset_class = GiftFilter
    table_class = GiftTable
    ordering_fields = {"given_on": "given_on"}
    ordering = "-given_on"
    actions = [NEW, Action(gettext_lazy("Sums of a year"), "gifts_given", icon="sum")]
    empty = Empty(
        gettext_lazy("Nothing was given yet"),
        gettext_lazy("What customers get from the bank, with its value, so that nobody gets too much."),
        NEW,
        icon="gift",
    )


class GivenList(ListPage):
    """`?year=`: customers in reach who were given something in it."""

    permission = "gifts:read"
    parents = HERE
    queryset = Customer.objects.select_related("manager")
    filterset_class = GivenFilter
    table_class = GivenTable
    ordering_fields = {"name": "sort_key"}
    ordering = "name"
    empty = Empty(gettext_lazy("Nobody was given anything in this year"), icon="gift")

    @cached_property
    def year(self) -> int:
        typed = self.request.GET.get("year", "")
        return (
            int(typed)
            if typed.isascii() and typed.isdigit() and 2000 <= int(typed) <= 2100
            else timezone.localdate().year
        )

    def get_queryset(self) -> QuerySet:
        given = Gift.objects.total(self.year)
        rows = Customer.objects.select_related("manager").open_to(self.request.user)
        return rows.annotate(given=given).filter(given__isnull=False)

    def get_title(self) -> Text:
        said = {"year": self.year, "cap": money(Decimal(settings.CRM_GIFT_CAP), settings.CRM_BASE_CURRENCY)}
        return _("Given in %(year)s, cap %(cap)s") % said


class RecordGift(FormPage):
    """Above the cap it is laid before somebody who decides."""

    permission = "gifts:write"
    title = gettext_lazy("Record a gift")
    parents = HERE
    form_class = GiftForm
    cancel_to = "gifts"
    success_url = "gifts"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"customer": self.request.GET.get("customer", ""), "given_on": timezone.localdate()}

    def perform(self, form: BaseForm) -> Gift | Proposal:
        said = {**form.cleaned_data, "by": self.request.user, "at": timezone.now()}
        reason = said.pop("reason")
        try:
            return record_gift(**said)
        except RuleBroken as refusal:
            if refusal.code != "cap" or not reason.strip():
                raise
        return propose_gift(**said, reason=reason)

    def get_done(self) -> Text:
        is_asked = isinstance(self.result, Proposal)
        return _("Proposed: somebody else decides.") if is_asked else _("Recorded.")


class StrikeGift(FormPage):
    permission = "gifts:write"
    title = gettext_lazy("Strike out")
    parents = HERE
    form_class = StrikeForm
    submit = gettext_lazy("Strike it out")
    cancel_to = "gifts"
    success_url = "gifts"

    @cached_property
    def gift(self) -> Gift:
        rows = Gift.objects.visible_to(self.request.user).standing().select_related("customer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert self.gift
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = f"{self.gift.customer}: {self.gift.what}, {money(self.gift.amount, self.gift.currency)}"
        return super().get_context_data(**{"intro": said} | kwargs)

    def perform(self, form: BaseForm) -> Gift:
        return strike_gift(gift=self.gift, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class RecordForGuests(OfPlan):
    """Of an event that was held."""

    permission = "gifts:write"
    title = gettext_lazy("Value per guest")
    intro = gettext_lazy("Recorded as hospitality for each guest in your reach who attended and has none of it yet.")
    form_class = GuestsForm

    def perform(self, form: BaseForm) -> Recorded:
        return record_for_guests(event=self.event, by=self.request.user, at=timezone.now(), **form.cleaned_data)

    def get_done(self) -> Text:
        if above := self.result.above:
            names = ", ".join(str(each) for each in above[:10])
            text = _("Above the cap, to be recorded one by one with a reason: %(names)s")
            messages.warning(self.request, text % {"names": names})
        count = len(self.result.gifts)
        return ngettext("Recorded for %(count)s guest.", "Recorded for %(count)s guests.", count) % {"count": count}

    def get_success_url(self) -> str:
        return reverse("event", args=[self.event.pk])
