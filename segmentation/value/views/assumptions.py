"""The assumptions that value is reckoned with, version by version."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from crm.base.pages import Action, Page
from crm.base.pages.access import Text
from segmentation.differences import value_changes
from segmentation.models import ValueVersion
from segmentation.services.policies import next_day
from segmentation.value.assumptions import assumptions_of
from segmentation.value.proposals import VALUE
from segmentation.value.saying import sheet_of
from segmentation.value.versions import version_on
from segmentation.views.versions import Rollback, VersionPage


class AssumptionsPage(Page):
    permission = "value-assumptions:read"
    title = gettext_lazy("Value assumptions")
    template_name = "segmentation/value/assumptions.html"
    actions = [Action(gettext_lazy("Begin a draft"), "draft_add", icon="plus", permission="drafts:write")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        in_force = version_on(next_day())
        versions = [
            (version, version == in_force, sheet_of(assumptions_of(version.content)))
            for version in ValueVersion.objects.order_by("-effective_from")
        ]
        return super().get_context_data(versions=versions, may_begin=self.may("drafts:write"), **kwargs)


class _Versions:
    """What the page of a version and the way back to it ask."""

    kind, permission = VALUE, "value-assumptions:read"
    page, rollback = "value_version", "value_rollback"
    parents: Sequence[tuple[Text, str]] = [(gettext_lazy("Value assumptions"), "value_assumptions")]
    changes = staticmethod(value_changes)
    kwargs: dict[str, Any]

    @cached_property
    def version(self) -> Any:
        return get_object_or_404(ValueVersion.objects.select_related("proposal__maker"), pk=self.kwargs["pk"])

    def siblings(self) -> QuerySet:
        return ValueVersion.objects.order_by("-number")


class ValueVersionPage(_Versions, VersionPage):
    pass


class ValueRollback(_Versions, Rollback):
    pass
