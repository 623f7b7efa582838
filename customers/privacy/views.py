"""Pages of erasures: the clocks that run, the request, what would be gone, the proposal, the answer, and the seal."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb
from customers.models import Erasure
from customers.privacy import requests
from customers.privacy.erasing import counted
from customers.privacy.filters import ErasureFilter
from customers.privacy.forms import AnswerForm, AskForm, ErasureForm
from customers.privacy.holds import holds_of
from customers.privacy.periods import ANSWER_DAYS
from customers.privacy.reading import seal_in_words, sections_of, stays
from customers.privacy.tables import ErasureTable
from customers.views.change import ChangePage

ERASURES = Erasure.objects.defer("sealed").select_related(
    "customer", "branch", "asked_by", "closed_by", "proposal__checker"
)
PARENTS = [(_("Erasures"), "erasures")]


class ErasureList(ListPage):
    permission = "erasures:read"
    title = _("Erasures")
    queryset = ERASURES
    filterset_class = ErasureFilter
    table_class = ErasureTable
    ordering_fields = {"due_on": "due_on"}
    ordering = "due_on"
    empty = Empty(_("No customer asked to be erased"), _("Record a request on the customer's page, under More."))


class AskErasure(ChangePage):
    permission = "erasures:write"
    title = _("Erasure")
    submit = _("Record the request")
    form_class = ErasureForm

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": timezone.localdate()}

    def perform(self, form: BaseForm) -> Erasure:
        return requests.ask_erasure(
            customer=self.customer, by=self.request.user, at=timezone.now(), **form.cleaned_data
        )

    def get_success_url(self) -> str:
        made = getattr(self, "result", None)
        return reverse("erasure", args=[made.pk]) if made else super().get_success_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = _("The request is recorded; nothing is erased yet. It must be answered within %(days)s days.")
        return super().get_context_data(intro=text % {"days": ANSWER_DAYS}, **kwargs)


class ErasurePage(DetailPage):
    """What would be gone and what forbids it; afterwards what was taken."""

    permission = "erasures:read"
    parents = PARENTS
    queryset = ERASURES
    template_name = "customers/privacy/erasure.html"
    reads_are_logged = True

    def get_title(self) -> str:
        return _t("Erasure of customer %(number)s") % {"number": self.object.customer.number}

    def get_actions(self) -> list[Action]:
        erasure = self.object
        if not self.may("erasures:write"):
            return []
        if erasure.state == Erasure.State.HELD:
            return [Action(_("Open the seal"), reverse("erasure_sealed", args=[erasure.pk]), icon="lock-open")]
        if not erasure.is_open:
            return []
        refuse = Action(_("Refuse"), reverse("erasure_refuse", args=[erasure.pk]), icon="x")
        if erasure.is_proposed or self.holds.reasons:
            return [refuse]
        return [Action(_("Propose the erasure"), reverse("erasure_propose", args=[erasure.pk]), icon="eraser"), refuse]

    @cached_property
    def holds(self) -> Any:
        return holds_of(self.object.customer, on=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        erasure = self.object
        shown: dict[str, Any] = {}
        if erasure.is_open:
            shown = {"holds": self.holds, "lines": counted(erasure.customer), "stays": stays()}
        is_late = erasure.is_open and erasure.due_on < timezone.localdate()
        done = sections_of(erasure)
        return super().get_context_data(erasure=erasure, is_late=is_late, done=done, **shown, **kwargs)


class OfErasure(FormPage):
    """A form about one request in reach."""

    permission = "erasures:write"

    @cached_property
    def erasure(self) -> Erasure:
        return get_object_or_404(ERASURES.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("Erasures"), reverse("erasures")), Crumb(self.erasure.number, self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("erasure", args=[self.erasure.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url(), "erasure": self.erasure} | kwargs)


class ProposeErasure(OfErasure):
    title = _("Propose the erasure")
    submit = _("Propose")
    done = _("Proposed: an approver decides.")
    form_class = AskForm
    template_name = "customers/privacy/propose.html"

    def perform(self, form: BaseForm) -> Any:
        return requests.propose_erasure(
            erasure=self.erasure, reason=form.cleaned_data["reason"], by=self.request.user, at=timezone.now()
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        until = holds_of(self.erasure.customer, on=timezone.localdate()).until
        return super().get_context_data(lines=counted(self.erasure.customer), kept_until=until, **kwargs)


class RefuseErasure(OfErasure):
    title = _("Refuse the erasure")
    submit = _("Refuse")
    done = _("Refused. Tell the customer what you wrote.")
    form_class = AnswerForm

    def perform(self, form: BaseForm) -> None:
        answer = form.cleaned_data["answer"]
        requests.refuse_erasure(erasure=self.erasure, answer=answer, by=self.request.user, at=timezone.now())


class OpenSealed(OfErasure):
    """What a law keeps, shown once to who says why."""

    title = _("Open the seal")
    submit = _("Open")
    intro = _("For a court or an authority that asks who the customer was. The trail keeps your reason.")
    form_class = AskForm

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response = super().form_valid(form)
        if form.errors:
            return response
        self.template_name = "customers/privacy/sealed.html"
        return self.render_to_response(self.get_context_data(found=self.result))

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def perform(self, form: BaseForm) -> Any:
        reason = form.cleaned_data["reason"]
        found = requests.open_sealed(erasure=self.erasure, reason=reason, by=self.request.user)
        return seal_in_words(found, self.erasure.customer.kind)
