"""With whom a contact is due, how the plan is kept, what was logged late, and the plan itself."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import IntegerField, QuerySet
from django.db.models.functions import Extract, TruncDate
from django.forms import BaseForm
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from crm.approvals.services import propose
from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage, Page
from crm.base.pages.access import is_fragment
from crm.jobs.models import Run
from crm.jobs.progress import progress_of
from customers.models import Interaction
from managers.cadence import runs
from managers.cadence.filters import CadenceFilter, DueContactFilter, LateFilter
from managers.cadence.forms import PlanForm
from managers.cadence.plan import LATE, plan_of
from managers.cadence.proposals import CONTACT_PLAN
from managers.cadence.report import BYS, FIGURES, report, summed
from managers.cadence.tables import DueContactTable, LateTable
from managers.models import ContactPlan, DueContact
from segmentation.models import Tier

CADENCE = (_("Contacts due"), "cadence")


class DueContacts(ListPage):
    permission = "cadence:read"
    title = _("Contacts due")
    queryset = DueContact.objects.select_related("customer__manager", "customer__branch", "tier")
    filterset_class = DueContactFilter
    table_class = DueContactTable
    ordering_fields = {"due_on": "due_on"}
    ordering = "due_on"
    actions = [
        Action(_("How the plan is kept"), "cadence_report", icon="report-analytics"),
        Action(_("Logged late"), "cadence_late", icon="clock-exclamation"),
    ]
    empty = Empty(
        _("No contact is asked for"),
        _("Once a contact plan is in force, everybody in its tiers stands here with the day by which somebody speaks with them."),
        Action(_("The contact plan"), "contact_plan", permission="contact-plans:read"),
        icon="calendar-due",
    )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """While another plan is being reckoned, the days of before are no silent old ones."""
        note = (
            {"subtitle": _("Another contact plan is being reckoned: days may still change.")}
            if runs.unfinished()
            else {}
        )
        return super().get_context_data(**note | kwargs)


class CadenceReport(ListPage):
    """Each figure leads to the rows of which it is the number."""

    permission = "cadence:read"
    title = _("How the plan is kept")
    parents = [CADENCE]
    template_name = "managers/cadence/report.html"
    fragment_name = "managers/cadence/_report.html"
    queryset = DueContact.objects.all()
    filterset_class = CadenceFilter
    exportable = False
    empty = DueContacts.empty

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by = BYS.get(self.request.GET.get("by", ""), BYS["manager"])
        lines = report(self.rows, by, on=timezone.localdate())
        framed = {
            "has_filters": True,
            "chips": self.chips(),
            "fragment_name": self.fragment_name,
            "empty": self.empty,
            "by": by,
            "bys": [(name, each.label, self._url(by=name)) for name, each in BYS.items()],
            "lines": [line | {"urls": self._links(by, line)} for line in lines],
            "sum": summed(lines),
        }
        return super(ListPage, self).get_context_data(**framed | kwargs)

    def _url(self, **other: str) -> str:
        asked = self.request.GET.copy()
        for name, value in other.items():
            asked[name] = value
        return f"?{asked.urlencode()}"

    def _links(self, by: Any, line: dict[str, Any]) -> dict[str, str]:
        asked = {name: value for name, value in self.request.GET.items() if value and name not in ("by", by.choice)}
        asked |= {by.choice: line["key"]} if line["key"] else {by.without: "true"}
        narrowed = {name: {"state": name} for name in FIGURES} | {"total": {}, "late": {"logged_late": "true"}}
        return {name: f"{reverse('cadence')}?{urlencode(asked | more)}" for name, more in narrowed.items()}


class LateContacts(ListPage):
    """What was logged longer after it was than the plan allows; what a file brought is not late."""

    permission = "cadence:read"
    title = _("Contacts logged late")
    parents = [CADENCE]
    filterset_class = LateFilter
    table_class = LateTable
    queryset = Interaction.objects.select_related("customer", "by")
    ordering_fields = {"at": "at"}
    ordering = "-at"
    empty = Empty(_("Nothing was logged late"), icon="checks")

    def get_queryset(self) -> QuerySet:
        plan = ContactPlan.objects.in_force(timezone.localdate())
        most = plan_of(plan.content).late_days if plan else LATE
        days = Extract(TruncDate("created_at") - TruncDate("at"), "day", output_field=IntegerField())
        return super().get_queryset().filter(source_hash=None).annotate(days_late=days).filter(days_late__gt=most)


class PlanPage(Page):
    """The plan that holds, the one to come, and those that held."""

    permission = "contact-plans:read"
    title = _("Contact plan")
    template_name = "managers/cadence/plan.html"
    actions = [Action(_("Propose a change"), "contact_plan_propose", "pencil", "contact-plans:write")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        names = dict(Tier.objects.order_by("rank").values_list("code", "name"))
        current = ContactPlan.objects.in_force(today)
        found = {
            "version": current,
            "plan": plan_of(current.content) if current else None,
            "lines": [(names.get(each.tier, each.tier), each) for each in plan_of(current.content).lines] if current else [],
            "versions": ContactPlan.objects.select_related("published_by", "proposal__maker"),
            "waiting": Proposal.objects.filter(kind=CONTACT_PLAN, status=Proposal.Status.OPEN).order_by("-pk").first(),
            "today": today,
        }  # fmt: skip
        return super().get_context_data(**found | shown_of(runs.newest()) | kwargs)


class PlanProgress(DetailPage):
    """How far the book is reckoned by a plan; polled while it is."""

    permission = "contact-plans:read"
    parents = [(_("Contact plan"), "contact_plan")]
    title = _("Contacts due by another plan")
    queryset = Run.objects.filter(kind=Run.Kind.CADENCE)
    scoped = False  # numbers of the whole bank
    context_object_name = "run"

    def get_template_names(self) -> list[str]:
        return [f"managers/cadence/{'_progress' if is_fragment(self.request) else 'progress'}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**shown_of(self.object) | kwargs)


def shown_of(run: Run | None) -> dict[str, Any]:
    if run is None:
        return {"run": None}
    result = runs.said(run.result["changed"]) if run.has_ended else ""
    return {"run": run, "progress": progress_of(run, at=timezone.now()), "result": result}


class ProposePlan(FormPage):
    permission = "contact-plans:write"
    title = _("Propose a contact plan")
    parents = [(_("Contact plan"), "contact_plan")]
    form_class = PlanForm
    template_name = "managers/cadence/propose.html"
    fragment_name = "managers/cadence/_propose.html"
    submit = _("Propose")
    done = _("Proposed. Somebody else approves it.")
    cancel_to = "contact_plan"

    @cached_property
    def version(self) -> ContactPlan | None:
        return ContactPlan.objects.in_force(timezone.localdate())

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"version": self.version}

    def perform(self, form: BaseForm) -> Proposal:
        said = form.cleaned_data
        return propose(
            kind=CONTACT_PLAN, content=form.content(), title=str(_("Contact plan")), reason=said["reason"],  # type: ignore[attr-defined]
            by=self.request.user, effective_from=said["effective_from"], at=timezone.now(),
        )  # fmt: skip

    def get_success_url(self) -> str:
        return reverse("proposal", args=[self.result.pk])
