"""The gold cards: who has one in which state, and what people say of one: lost, and found again."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from crm.base.pages import Empty, ListPage
from segmentation.models import GoldCard
from segmentation.standards import cards
from segmentation.standards.filters import GoldCardFilter
from segmentation.standards.forms import LossForm
from segmentation.standards.tables import GoldCardTable
from segmentation.standards.views.customer import OfEntitlements


class GoldCardList(ListPage):
    permission = "gold-cards:read"
    title = gettext_lazy("Gold cards")
    queryset = GoldCard.objects.select_related("customer", "by")
    filterset_class = GoldCardFilter
    table_class = GoldCardTable
    ordering_fields = {"since": "since"}
    ordering = "-since"
    empty = Empty(
        gettext_lazy("No gold card yet"),
        gettext_lazy("The night issues one to whom the service standards entitle to it."),
        icon="credit-card",
    )


class ReportLost(OfEntitlements):
    permission = "gold-cards:write"
    title = gettext_lazy("Report the gold card lost")
    intro = gettext_lazy("The card is suspended from today. The customer stays entitled, and is served as before.")
    form_class = LossForm
    submit = gettext_lazy("Suspend the card")
    done = gettext_lazy("The gold card is suspended.")

    def perform(self, form: forms.Form) -> GoldCard:
        note = form.cleaned_data["note"]
        return cards.report_lost(customer=self.customer, on=timezone.localdate(), note=note, by=self.request.user)


class ResumeCard(OfEntitlements):
    permission = "gold-cards:write"
    title = gettext_lazy("Resume the gold card")
    intro = gettext_lazy("The card was found or replaced; it is valid again from today.")
    form_class = LossForm
    submit = gettext_lazy("Resume the card")
    done = gettext_lazy("The gold card is valid again.")

    def perform(self, form: forms.Form) -> GoldCard:
        note = form.cleaned_data["note"]
        return cards.resume(customer=self.customer, on=timezone.localdate(), note=note, by=self.request.user)
