"""The assignment policy in force, its versions, and the way back to one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from crm.base.errors import RuleBroken
from crm.base.pages import Action, Page
from crm.base.pages.access import Text
from segmentation.managed.definition import PATH, Assigning, parsed
from segmentation.managed.picking import counts_of
from segmentation.managed.proposals import changes
from segmentation.managed.saying import sheet_of
from segmentation.managed.versions import STANDARD, version_on
from segmentation.migration.figures import counts_all
from segmentation.models import AssignmentPolicy, Published
from segmentation.services.policies import next_day
from segmentation.views.versions import Rollback, VersionPage


class AssignmentPoliciesPage(Page):
    """What each tier weighs, whom each rule picks, and the versions before and after."""

    permission = "assignment-policies:read"
    title = gettext_lazy("Assignment policy")
    template_name = "segmentation/managed/policies.html"

    def get_actions(self) -> list[Action]:
        if not self.may("drafts:write"):
            return []
        return [Action(gettext_lazy("Change"), "/drafts/new/?start=assigning", icon="pencil")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = version_on(next_day())
        policy = parsed(version.content if version else STANDARD)
        counts = self._counts(policy)
        context = {
            "version": version,
            "versions": AssignmentPolicy.objects.select_related("proposal"),
            "sheet": sheet_of(policy, counts),
            "counted": bool(counts),
            "published": Published.objects.first(),
        }
        return super().get_context_data(**context | kwargs)

    def _counts(self, policy: Assigning) -> list[dict[str, Any]]:
        """Of the whole bank, so only for who may count it."""
        if not counts_all(self.request.user):
            return []
        try:
            return counts_of(policy)
        except RuleBroken:  # a segment that is not in use any more
            return []


class _Versions:
    kind, permission = PATH, "assignment-policies:read"
    page, rollback = "assignment_policy", "assignment_rollback"
    parents: Sequence[tuple[Text, str]] = [(gettext_lazy("Assignment policy"), "assignment_policies")]
    changes = staticmethod(changes)
    kwargs: dict[str, Any]

    @cached_property
    def version(self) -> Any:
        return get_object_or_404(AssignmentPolicy.objects.select_related("proposal__maker"), pk=self.kwargs["pk"])

    def siblings(self) -> QuerySet:
        return AssignmentPolicy.objects.order_by("-number")


class AssignmentPolicyPage(_Versions, VersionPage):
    pass


class AssignmentRollback(_Versions, Rollback):
    pass
