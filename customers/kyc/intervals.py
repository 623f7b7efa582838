"""After how long customers of each risk are looked at again, on pages: read by the staff, proposed by an admin."""

from typing import Any

from django import forms
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.models import Proposal
from crm.approvals.services import propose
from crm.base.pages import Empty, FormPage, ListPage
from crm.base.pages.access import Text
from crm.base.tables import LinkColumn, Numeric, Table
from customers.kyc.proposals import LONGEST
from customers.models import KycInterval


class KycIntervalTable(Table):
    level = LinkColumn(accessor="pk", verbose_name=gettext_lazy("risk"))
    months = Numeric()

    class Meta:
        model = KycInterval
        fields = ("level", "months")

    def row_url(self, record: KycInterval) -> str:
        return reverse("kyc_interval", args=[record.pk]) if self.request.user.may("kyc-intervals:write") else ""

    def render_level(self, record: KycInterval) -> str:
        return str(record)


class KycIntervalList(ListPage):
    permission = "kyc-intervals:read"
    title = gettext_lazy("Intervals of KYC reviews")
    queryset = KycInterval.objects.all()
    scoped = False
    table_class = KycIntervalTable
    ordering_fields = {"months": "months"}
    ordering = "months"
    empty = Empty(
        gettext_lazy("No intervals"), gettext_lazy("After how many months a customer of each risk is reviewed.")
    )


class IntervalForm(forms.Form):
    months = forms.IntegerField(label=gettext_lazy("months"), min_value=1, max_value=LONGEST)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


class ProposeInterval(FormPage):
    permission = "kyc-intervals:write"
    parents = [(KycIntervalList.title, "kyc_intervals")]
    cancel_to = success_url = "kyc_intervals"
    intro = gettext_lazy("Somebody else decides. Reviews that are planned keep their day.")
    submit = gettext_lazy("Propose")
    done = gettext_lazy("It waits for somebody else's decision.")
    form_class = IntervalForm

    @cached_property
    def interval(self) -> KycInterval:
        return get_object_or_404(KycInterval, pk=self.kwargs["pk"])

    def get_title(self) -> Text:
        return _("Reviews of customers of this risk: %(level)s") % {"level": self.interval}

    def get_initial(self) -> dict[str, Any]:
        return {"months": self.interval.months}

    def perform(self, form: BaseForm) -> Proposal:
        level, months = self.interval.level, form.cleaned_data["months"]
        return propose(
            kind="kyc_interval",
            content={"level": level, "months": months},
            title=_("KYC reviews every %(months)s months: %(level)s") % {"months": months, "level": self.interval},
            reason=form.cleaned_data["reason"],
            by=self.request.user,
            at=timezone.now(),
        )
