"""The complaint rules in force, their versions, the way back to one, and the form that proposes others."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from crm.base.pages import Action, Page
from crm.base.pages.access import Text
from segmentation.views.versions import Rollback, VersionPage
from service.complaints.definition import PATH, parsed
from service.complaints.editor import RulesForm
from service.complaints.regimes import NAMES, packs
from service.complaints.ruling import changes, said_stages
from service.complaints.versions import content_on
from service.complaints.words import Letter
from service.models import ComplaintRules
from service.proposing import ProposeLists

PARENTS: Sequence[tuple[Text, str]] = [(_("Complaint rules"), "complaint_rules")]


class ComplaintRulesPage(Page):
    """Regimes, causes, remedies and letters that hold, the versions before and after, and what waits for approval."""

    permission = "complaint-rules:read"
    title = _("Complaint rules")
    template_name = "service/complaints/rules.html"
    actions = [Action(_("Propose a change"), "complaint_rules_propose", "pencil", "complaint-rules:write")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rules = parsed(content_on(today))
        own = [(each["name"], said_stages(each)) for each in rules.regimes.values()]
        context = {
            "version": ComplaintRules.objects.in_force(today),
            "versions": ComplaintRules.objects.select_related("published_by", "proposal__maker"),
            "regimes": [*((_t(NAMES[code]), said_stages(pack)) for code, (_regime, pack) in packs().items()), *own],
            "catalogues": [(_t("Root causes"), rules.causes.values()), (_t("Remedies"), rules.remedies.values())],
            "letters": [(Letter(kind).label, letter) for kind, letter in rules.letters.items()],
            "waiting": Proposal.objects.filter(kind=PATH, status=Proposal.Status.OPEN).order_by("-pk").first(),
            "today": today,
        }
        return super().get_context_data(**context | kwargs)


class ProposeRules(ProposeLists):
    permission = "complaint-rules:write"
    title = _("Propose complaint rules")
    parents = PARENTS
    kind, form_class = PATH, RulesForm
    content_on = staticmethod(content_on)


class _Versions:
    kind, permission = PATH, "complaint-rules:read"
    page, rollback = "complaint_rules_version", "complaint_rules_rollback"
    parents = PARENTS
    changes = staticmethod(changes)
    kwargs: dict[str, Any]

    @cached_property
    def version(self) -> Any:
        return get_object_or_404(ComplaintRules.objects.select_related("proposal__maker"), pk=self.kwargs["pk"])

    def siblings(self) -> QuerySet:
        return ComplaintRules.objects.order_by("-number")


class RulesVersion(_Versions, VersionPage):
    pass


class RulesRollback(_Versions, Rollback):
    pass
