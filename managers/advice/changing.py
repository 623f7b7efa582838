"""Forms about advice: drafting, changing the draft, throwing it away, handing over, recording the answer."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.errors import RuleBroken
from crm.base.pages import FormPage
from crm.base.pages.access import Crumb
from customers.services.versions import STALE
from customers.views.change import ChangePage
from managers.advice import services
from managers.advice.content import Content, Line
from managers.advice.forms import AnswerForm, DraftForm, HandOverForm, VersionForm, typed
from managers.models import Advice

INTRO = _("What does not suit the customer's risk profile is refused.")


class _Drafts(FormPage):
    """A refused line stands beside its own field."""

    form_class = DraftForm
    template_name = "managers/advice/draft.html"
    submit = _("Save the draft")
    done = _("The draft is saved.")
    intro = INTRO

    def refused(self, form: Any, refusal: RuleBroken) -> HttpResponse:
        refusal.field = form.field_of(refusal.field)
        return super().refused(form, refusal)


class DraftAdvice(_Drafts, ChangePage):
    permission = "advice:write"
    title = _("Draft an advice")

    def perform(self, form: Any) -> Advice:
        said = {"by": self.request.user, "at": timezone.now()}
        return services.draft_advice(customer=self.customer, content=form.content(), **said)

    def get_success_url(self) -> str:
        made = getattr(self, "result", None)
        if made:
            return reverse("advice_one", args=[made.pk])
        return reverse("customer_advice", args=[self.customer.pk])


class OfAdvice(FormPage):
    """Back to the advice. Who was overtaken keeps what they typed, and saves again if they still mean it."""

    permission = "advice:write"

    @cached_property
    def advice(self) -> Advice:
        rows = Advice.objects.visible_to(self.request.user).select_related("customer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"version": self.advice.version}

    def get_crumbs(self) -> list[Crumb]:
        customer = self.advice.customer
        own = Crumb(str(self.advice), self.get_success_url())
        return [Crumb(str(customer), reverse("customer_advice", args=[customer.pk])), own]

    def get_success_url(self) -> str:
        return reverse("advice_one", args=[self.advice.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url()} | kwargs)

    def refused(self, form: BaseForm, refusal: RuleBroken) -> Any:
        if refusal.code == STALE:
            self.retyped(form, version=Advice.objects.get(pk=self.advice.pk).version)
        return super().refused(form, refusal)

    def said(self) -> dict[str, Any]:
        return {"advice": self.advice, "by": self.request.user, "at": timezone.now()}


class ChangeDraft(_Drafts, OfAdvice):
    """Of one that was handed over it begins with what was said last."""

    title = _("Change the draft")

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | typed(self._known())

    def _known(self) -> Content:
        if self.advice.draft is not None:
            return Content.read(self.advice.draft)
        last = get_object_or_404(self.advice.versions.prefetch_related("lines__product").order_by("-number")[:1])
        lines = tuple(Line(line.product, line.reason, line.amount, line.percent) for line in last.lines.all())
        return Content(last.goals, last.horizon_months, last.amount, last.currency, last.review_on, lines)

    def perform(self, form: Any) -> Advice:
        return services.change_draft(content=form.content(), version=form.cleaned_data["version"], **self.said())


class ThrowAway(OfAdvice):
    title = _("Throw the draft away")
    submit = _("Throw away")
    form_class = VersionForm
    done = _("The draft is gone.")
    intro = _(
        "Nothing of the draft is kept. What was handed over before stays; where nothing was, the advice ends here."
    )

    def perform(self, form: BaseForm) -> Any:
        return services.throw_away(**self.said(), **form.cleaned_data)


class HandOver(OfAdvice):
    title = _("Hand over")
    submit = _("Hand over")
    form_class = HandOverForm
    done = _("Handed over: this version stays as it is.")
    intro = _("It becomes a numbered version, with the risk profile of the day, and is never changed.")

    def perform(self, form: BaseForm) -> Any:
        return services.hand_over_advice(**self.said(), **form.cleaned_data)


class RecordAnswer(OfAdvice):
    title = _("Record the answer")
    form_class = AnswerForm
    done = _("The answer is recorded.")

    def perform(self, form: BaseForm) -> Any:
        return services.record_answer(**self.said(), **form.cleaned_data)
