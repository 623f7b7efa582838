"""Advice: the list, one with all its versions, and that of a customer beside how their assets changed."""

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from crm.base.pages import Action, DetailPage, Empty, ListPage, Page
from crm.base.pages.access import Crumb, Text
from customers.contacting.suitability import suitability_of
from customers.models import Customer
from customers.views.head import look
from managers.advice.content import Content
from managers.advice.filters import AdviceFilter
from managers.advice.forms import MonthsForm
from managers.advice.paper import paper_of
from managers.advice.returns import MONTHS, USUAL, stretches_of
from managers.advice.tables import STATES, AdviceTable
from managers.models import Advice, AdviceVersion
from segmentation.decisions.views import crumbs_of

HERE: tuple[Text, str] = (gettext_lazy("Investment advice"), "advice")
State = Advice.State


class AdviceList(ListPage):
    permission = "advice:read"
    title = HERE[0]
    queryset = Advice.objects.select_related("customer__manager").with_state()
    filterset_class = AdviceFilter
    table_class: ClassVar[Any] = AdviceTable
    ordering_fields = {"begun_at": "begun_at"}
    ordering = "-begun_at"
    empty = Empty(
        gettext_lazy("Nobody was advised yet"),
        gettext_lazy("Advice is drafted on the customer's page, under “Advice”."),
        icon="bulb",
    )

    def get_queryset(self) -> QuerySet:
        """What was thrown away is shown to who asks for it."""
        rows = super().get_queryset()
        return rows if self.request.GET.get("state") else rows.kept()


class AdvicePage(DetailPage):
    permission = "advice:read"
    reads_are_logged = True
    template_name = "managers/advice/advice.html"
    context_object_name = "advice"
    queryset = Advice.objects.select_related("customer__branch", "begun_by").with_state().with_versions()
    object: Any

    def get_title(self) -> str:
        return f"{self.object} · {self.object.customer}"

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(HERE[0], reverse(HERE[1])), Crumb(str(self.object.customer), _place(self.object.customer_id))]

    def get_actions(self) -> list[Action]:
        """What comes next stands first; what concerns the draft or a version stands beside it."""
        if not self.may_write:
            return []
        waits, found = self.object.state == State.HANDED, []
        if self.object.draft is not None:
            found.append(self._action(gettext_lazy("Hand over"), "advice_hand_over", "hand-stop", dialog=True))
        if waits:
            found.append(self._action(gettext_lazy("Record the answer"), "advice_answer", "message-check", dialog=True))
        if self.object.draft is None and self.object.state != State.DISCARDED:
            found.append(self._action(gettext_lazy("Advise anew"), "advice_draft", "pencil"))
        return found

    def _action(self, label: Any, name: str, icon: str, **more: Any) -> Action:
        return Action(label, reverse(name, args=[self.object.pk]), icon=icon, **more)

    @cached_property
    def may_write(self) -> bool:
        return self.may("advice:write") and _stands(self.object.customer)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        advice, state = self.object, State(self.object.state)
        shown = {"state": state.label, "colour": STATES[state], "may_write": self.may_write}
        shown |= {"may_throw_away": self.may("advice:write"), "languages": settings.LANGUAGES}
        if advice.draft is not None:
            suits = suitability_of(advice.customer, timezone.localdate())
            draft = Content.read(advice.draft)
            lines = [(line, suits.reason_against(line.product)) for line in draft.lines]
            shown |= {"draft": draft, "draft_lines": lines, "level": suits.level}
        return super().get_context_data(**shown | kwargs)


class AdvicePaper(Page):
    """A version as a PDF; `?language=` is one of the bank's, the reader's without it."""

    permission = "advice:read"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = AdviceVersion.objects.visible_to(request.user).select_related("advice__customer", "by", "answer")
        version = get_object_or_404(rows, advice=self.kwargs["pk"], number=self.kwargs["number"])
        look(version.advice.customer, request, "advice.pdf")
        asked = request.GET.get("language", "")
        pdf = paper_of(
            version, asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE
        )
        named = {"Content-Disposition": f'inline; filename="advice-{version.advice_id}-{version.number}.pdf"'}
        return HttpResponse(pdf, content_type="application/pdf", headers=named)


class CustomerAdvice(Page):
    """`?months=`: of how many the return is shown."""

    permission = "advice:read"
    template_name = "managers/advice/of_customer.html"
    http_method_names = ["get", "head", "options"]

    @cached_property
    def customer(self) -> Customer:
        rows = Customer.objects.open_to(self.request.user).select_related("branch", "manager")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return _("Advice: %(customer)s") % {"customer": self.customer}

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.customer)

    def get_actions(self) -> list[Action]:
        if not self.may("advice:write") or not _stands(self.customer):
            return []
        return [Action(gettext_lazy("Draft an advice"), reverse("advice_add", args=[self.customer.pk]), icon="bulb")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        look(self.customer, self.request, "page.advice")
        form = MonthsForm(self.request.GET if "months" in self.request.GET else {"months": USUAL}, choices=MONTHS)
        months = form.cleaned_data["months"] if form.is_valid() else USUAL
        rows = Advice.objects.filter(customer=self.customer).with_state().kept().order_by("-begun_at", "-pk")
        shown = {
            "customer": self.customer,
            "advices": [(each, State(each.state).label, STATES[State(each.state)]) for each in rows],
            "stretches": [
                (each, _rate(each.rate), [(month, _rate(month.rate)) for month in each.months])
                for each in stretches_of(self.customer, months)
            ],
            "form": form,
        }
        return super().get_context_data(**shown | kwargs)


def _rate(rate: Decimal | None) -> str:
    return "–" if rate is None else f"{rate * 100:.2f} %"


def _place(customer_id: int) -> str:
    return reverse("customer_advice", args=[customer_id])


def _stands(customer: Customer) -> bool:
    return not customer.merged_into_id and not customer.erased_on and customer.status not in Customer.GONE
