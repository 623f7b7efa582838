"""The page of every decision about a customer, the day that is asked about, and the letter."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base import signals
from crm.base.exports import EXPORTS, file_of
from crm.base.pages import Action, DetailPage
from crm.base.pages.access import Crumb, is_fragment
from customers.models import Customer
from segmentation.decisions import letter
from segmentation.decisions.slot import kinds, page_of
from segmentation.explain import explain
from segmentation.why import nearest, rungs, standing

EXPORTED = 200


def crumbs_of(customer: Customer) -> list[Crumb]:
    return [
        Crumb(gettext_lazy("Customers"), reverse("customers")),
        Crumb(str(customer), reverse("customer", args=[customer.pk])),
    ]


def day_of(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def answer(customer: Customer, on: date | None) -> dict[str, Any]:
    """What `_why.html` shows of the tier on a day."""
    explanation = explain(customer=customer, on=on)
    context: dict[str, Any] = {"explanation": explanation, "on": on}
    if explanation:
        context |= {"said": standing(explanation), "changes": nearest(explanation), "rungs": rungs(explanation)}
    return context


class OfCustomer(DetailPage):
    permission = "customers:read"
    queryset = Customer.objects.select_related("branch")
    context_object_name = "customer"

    def get_crumbs(self) -> list[Crumb]:
        return crumbs_of(self.object)


class DecisionsPage(OfCustomer):
    """Newest first, by kind, more as one scrolls; `?on=` answers which tier on a day, and why."""

    title = gettext_lazy("Decisions")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = self.get_object()
        if request.GET.get("export") in EXPORTS:
            return self.export(request.GET["export"])
        context = self.get_context_data(object=self.object)
        if not is_fragment(request):
            what = "why" if day_of(request.GET.get("on", "")) else "decisions"
            signals.read.send(Customer, user=request.user, obj=self.object, what=what)
        return self.render_to_response(context)

    def get_template_names(self) -> list[str]:
        return [f"segmentation/{'_decisions' if is_fragment(self.request) else 'decisions'}.html"]

    def get_actions(self) -> list[Action]:
        return [Action(_("Letter"), reverse("customer_letter", args=[self.object.pk]), icon="printer")]

    @property
    def kind(self) -> str:
        asked = self.request.GET.get("kind", "")
        return asked if asked in dict(kinds()) else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        before, on = asked.get("before", ""), day_of(asked.get("on", ""))
        if before and not day_of(before):
            raise Http404
        found, more = page_of(self.object, self.request.user, before=day_of(before), kind=self.kind)
        context: dict[str, Any] = {
            "decisions": found,
            "more": more.isoformat() if more else "",
            "kind": self.kind,
            "kinds": kinds(),
            "is_first": not before,
            "asked_on": on.isoformat() if on else "",
        }
        return super().get_context_data(**context | (answer(self.object, on) if on else {}) | kwargs)

    def export(self, kind: str) -> HttpResponseBase:
        rows = list(self.lines())
        signals.exported.send(
            Customer,
            user=self.request.user,
            what=f"decisions.{kind}",
            rows=len(rows) - 1,
            parameters={"customer": self.object.pk, "kind": self.kind},
            customer_id=self.object.pk,
        )
        return file_of(kind, rows, title=str(self.title), name="decisions")

    def lines(self) -> Iterator[list[Any]]:
        yield [
            capfirst(text)
            for text in (
                _("data date"),
                _("kind"),
                _("decision"),
                _("rule"),
                _("figures"),
                _("why"),
                _("what changes it"),
            )
        ]
        before, labels = None, dict(kinds())
        while True:
            found, before = page_of(self.object, self.request.user, before=before, kind=self.kind, limit=EXPORTED)
            for each in found:
                figures = "; ".join(f"{figure.label}: {figure.said}" for figure in each.figures)
                said = [each.on.isoformat(), str(labels[each.kind]), each.sentence, each.version, figures]
                yield [*said, each.reason, " ".join(each.changes)]
            if before is None:
                return


class LetterPage(OfCustomer):
    """`?decision=tier:17` is about one decision, `?on=` about the tier of a day; each look is an export of the trail."""

    title = gettext_lazy("Letter to the customer")
    template_name = "segmentation/letter.html"

    def get_crumbs(self) -> list[Crumb]:
        address = reverse("customer_decisions", args=[self.object.pk])
        return [*super().get_crumbs(), Crumb(_("Decisions"), address)]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        written = self.letter()
        if written is None:
            raise Http404
        signals.exported.send(
            Customer,
            user=request.user,
            what="letter",
            rows=1,
            parameters={"customer": self.object.pk, "about": self.about, "language": written.language},
            customer_id=self.object.pk,
        )
        with translation.override(written.language):
            drawn = render_to_string("segmentation/_letter.html", {"letter": written})
        return self.render_to_response(self.get_context_data(object=self.object, letter=written, drawn=drawn))

    @property
    def about(self) -> str:
        return self.request.GET.get("decision", "") or self.request.GET.get("on", "")

    def letter(self) -> letter.Letter | None:
        asked = self.request.GET
        language = letter.language_of(self.object, asked.get("language", ""), translation.get_language() or "")
        today = timezone.localdate()
        if name := asked.get("decision", ""):
            return letter.about_decision(self.object, self.request.user, name, language=language, written_on=today)
        if asked.get("on") and day_of(asked["on"]) is None:
            return None
        return letter.about_day(self.object, day_of(asked.get("on", "")), language=language, written_on=today)
