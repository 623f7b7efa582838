"""Checks of the waiver ledger: asked for, watched, read as the leakage report, and corrected."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRefresh

from crm.approvals import services as approvals
from crm.approvals.forms import ReasonForm
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, is_fragment
from crm.jobs.progress import progress_of
from segmentation import tasks
from segmentation.leakage.correcting import check_correction
from segmentation.leakage.filters import LeakFilter
from segmentation.leakage.forms import CheckForm
from segmentation.leakage.proposals import content_of
from segmentation.leakage.services import open_check
from segmentation.leakage.sums import sums_of
from segmentation.leakage.tables import CheckTable, LeakTable
from segmentation.migration.figures import counts_all
from segmentation.models import Leak, Published, WaiverCheck

HERE = [(gettext_lazy("Leakage"), "waiver_checks")]
NEW = Action(gettext_lazy("Check the waivers"), "waiver_check_add", icon="search", permission="waiver-checks:write")


def leaks_of(check: WaiverCheck, user: Any) -> QuerySet[Leak]:
    """Of the whole book for who sees no customer but counts all of them; everybody else's within reach."""
    rows = Leak.objects.filter(waiver_check=check)
    return rows if counts_all(user) else rows.visible_to(user)


class CheckList(ListPage):
    permission = "waiver-checks:read"
    title = gettext_lazy("Leakage")
    queryset = WaiverCheck.objects.select_related("run__started_by", "policy")
    scoped = False
    table_class = CheckTable
    ordering = "-"
    exportable = False
    actions = [NEW]
    empty = Empty(
        gettext_lazy("No waivers have been checked yet"),
        gettext_lazy(
            "A check reckons anew what is due by right, and shows what was waived without right or charged despite it."
        ),
        NEW,
        icon="search",
    )


class CheckAdd(FormPage):
    permission = "waiver-checks:write"
    title = gettext_lazy("Check the waivers")
    parents = HERE
    intro = gettext_lazy("What is due by right is reckoned anew under what is known now. Nothing changes.")
    form_class = CheckForm
    submit = gettext_lazy("Check")
    cancel_to = "waiver_checks"

    def get_initial(self) -> dict[str, Any]:
        published = Published.objects.first()
        day = published.business_date if published else timezone.localdate()
        return {"since": day.replace(day=1), "through": day}

    def perform(self, form: forms.Form) -> WaiverCheck:
        found = open_check(**form.cleaned_data, by=self.request.user)
        tasks.ring()
        return found

    def get_success_url(self) -> str:
        return reverse("waiver_check", args=[self.result.pk])


class CheckPage(DetailPage):
    """A bar that polls while it runs, and can be left; then what leaks within reach, per fee and tier."""

    permission = "waiver-checks:read"
    parents = HERE
    queryset = WaiverCheck.objects.select_related("run__started_by", "policy")
    scoped = False
    context_object_name = "check"
    template_name = "segmentation/leakage/check.html"

    def get_title(self) -> str:
        return str(self.object)

    def get_actions(self) -> list[Action]:
        if not self.object.run.has_ended:
            return []
        found = [Action(gettext_lazy("Charges"), reverse("leaks", args=[self.object.pk]), icon="list")]
        if self.may("waiver-checks:write") and self.is_correctable:
            url = reverse("waiver_check_correct", args=[self.object.pk])
            found.append(Action(gettext_lazy("Propose the correction"), url, icon="arrow-back-up"))
        return found

    @property
    def is_correctable(self) -> bool:
        try:
            return bool(check_correction(self.object))
        except RuleBroken:
            return False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.object.run
        context: dict[str, Any] = {"run": run, "progress": progress_of(run, at=timezone.now())}
        if run.has_ended:
            leaks = leaks_of(self.object, self.request.user)
            context |= {"sums": sums_of(leaks), "waiting": leaks.filter(waits=True).count()}
        return super().get_context_data(**context | kwargs)


class CheckProgress(CheckPage):
    """The bar; once it has ended the whole page."""

    template_name = "segmentation/leakage/_progress.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        return HttpResponseClientRefresh() if is_fragment(request) and self.object.run.has_ended else response


class OfCheck:
    kwargs: dict[str, Any]

    @cached_property
    def check(self) -> WaiverCheck:
        return get_object_or_404(WaiverCheck.objects.select_related("run", "policy"), pk=self.kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        here = Crumb(str(self.check), reverse("waiver_check", args=[self.check.pk]))
        return [Crumb(gettext_lazy("Leakage"), reverse("waiver_checks")), here]


class LeakList(OfCheck, ListPage):
    """By name in one's reach, by pseudonym for who sees no customer."""

    permission = "waiver-checks:read"
    title = gettext_lazy("Charges that leak")
    queryset = Leak.objects.select_related("customer", "charge__fee", "tier")
    filterset_class = LeakFilter
    table_class = LeakTable
    ordering_fields = {"charged_on": "charged_on"}
    ordering = "-charged_on"
    empty = Empty(gettext_lazy("Nothing leaks"), gettext_lazy("What policies give was waived, and nothing else."))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _found = self.check
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        rows = self.queryset.filter(waiver_check=self.check)
        return rows if self.may("waiver-checks:write") else rows.visible_to(self.request.user)

    def table_options(self) -> dict[str, Any]:
        return {"is_masked": self.may("waiver-checks:write")}


class ProposeCorrection(OfCheck, FormPage):
    permission = "waiver-checks:write"
    title = gettext_lazy("Propose the correction")
    form_class = ReasonForm
    submit = gettext_lazy("Propose")
    done = gettext_lazy("It waits for somebody else's decision.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = _("What stands of %(count)s charges is taken back, and what is due is entered instead.")
        count = Leak.objects.filter(waiver_check=self.check, waits=False).count()
        back = reverse("waiver_check", args=[self.check.pk])
        return super().get_context_data(**{"intro": text % {"count": f"{count:,}"}, "cancel_url": back} | kwargs)

    def perform(self, form: forms.Form) -> Proposal:
        return approvals.propose(
            kind="waiver_correction",
            content=content_of(self.check),
            title=f"{_('Correction of waivers')}: {self.check}",
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )

    def get_success_url(self) -> str:
        return reverse("proposal", args=[self.result.pk])
