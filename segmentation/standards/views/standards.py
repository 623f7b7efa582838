"""The service standards in force, their versions, and the way back to one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from crm.base.pages import Action, Empty, Page
from crm.base.pages.access import Text
from segmentation.explain import latest_day
from segmentation.migration.figures import counts_all
from segmentation.models import ServiceStandard
from segmentation.services.policies import next_day
from segmentation.standards.definition import PATH, parsed
from segmentation.standards.differences import standards_changes
from segmentation.standards.overview import usage_of
from segmentation.standards.saying import sheet_of
from segmentation.standards.versions import version_on
from segmentation.views.versions import Rollback, VersionPage

NONE = Empty(
    gettext_lazy("No service standards yet"),
    gettext_lazy("They say what each tier gives its customers: benefits, how often, and which products at which rate."),
    icon="star",
)


class StandardsPage(Page):
    """What each tier gives, who uses it, and the versions before and after."""

    permission = "service-standards:read"
    title = gettext_lazy("Service standards")
    template_name = "segmentation/standards/standards.html"

    def get_actions(self) -> list[Action]:
        found = [Action(gettext_lazy("Use of benefits"), "benefit_report", "chart-bar", "benefit-report:read")]
        if self.may("drafts:write"):
            found.append(Action(gettext_lazy("Change"), "/drafts/new/?start=standards", icon="pencil"))
        return [each for each in found if not each.permission or self.may(each.permission)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, on = self.request.user, latest_day() or timezone.localdate()
        version = version_on(next_day())
        standard = parsed(version.content) if version else None
        context = {
            "version": version,
            "versions": ServiceStandard.objects.select_related("proposal"),
            "sheet": sheet_of(standard) if standard else None,
            "usage": usage_of(standard, user, on) if standard else [],
            "counts_whole": counts_all(user),
            "on": on,
            "empty": NONE,
        }
        return super().get_context_data(**context | kwargs)


class _Versions:
    kind, permission = PATH, "service-standards:read"
    page, rollback = "service_standard", "standard_rollback"
    parents: Sequence[tuple[Text, str]] = [(gettext_lazy("Service standards"), "service_standards")]
    changes = staticmethod(standards_changes)
    kwargs: dict[str, Any]

    @cached_property
    def version(self) -> Any:
        return get_object_or_404(ServiceStandard.objects.select_related("proposal__maker"), pk=self.kwargs["pk"])

    def siblings(self) -> QuerySet:
        return ServiceStandard.objects.order_by("-number")


class StandardVersionPage(_Versions, VersionPage):
    pass


class StandardRollback(_Versions, Rollback):
    pass
