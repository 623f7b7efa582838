"""A published version against another one, and the way back to it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals import services
from crm.approvals.forms import ReasonForm
from crm.approvals.models import Proposal
from crm.base.pages import Action, FormPage, Page
from crm.base.pages.access import Text
from crm.identity.models import User
from segmentation.differences import scheme_changes, waiver_changes
from segmentation.models import SchemeVersion, WaiverPolicy
from segmentation.proposals import SCHEME, WAIVERS


class _SchemeVersions:
    """What the pages of both kinds ask."""

    kind, permission = SCHEME, "tiers:read"
    page, rollback = "scheme_version", "scheme_rollback"
    parents: Sequence[tuple[Text, str]] = [(gettext_lazy("Tiers"), "tiers")]
    changes = staticmethod(scheme_changes)
    kwargs: dict[str, Any]

    @cached_property
    def version(self) -> Any:
        return get_object_or_404(
            SchemeVersion.objects.select_related("scheme", "proposal__maker"), pk=self.kwargs["pk"]
        )

    def siblings(self) -> QuerySet:
        return SchemeVersion.objects.filter(scheme=self.version.scheme).order_by("-number")


class _WaiverVersions:
    kind, permission = WAIVERS, "waiver-policies:read"
    page, rollback = "waiver_policy", "waiver_rollback"
    parents: Sequence[tuple[Text, str]] = [(gettext_lazy("Waiver policies"), "waiver_policies")]
    changes = staticmethod(waiver_changes)
    kwargs: dict[str, Any]

    @cached_property
    def version(self) -> Any:
        return get_object_or_404(WaiverPolicy.objects.select_related("proposal__maker"), pk=self.kwargs["pk"])

    def siblings(self) -> QuerySet:
        return WaiverPolicy.objects.order_by("-number")


class VersionPage(Page):
    """Against `?against=` another version of the same, or the one before it."""

    template_name = "segmentation/version.html"

    def get_title(self) -> str:
        return str(self.version)

    def get_actions(self) -> list[Action]:
        is_newest = self.version == self.siblings().first()
        if self.request.user.role != User.Role.ADMIN or is_newest:
            return []
        return [Action(_("Propose this version again"), reverse(self.rollback, args=[self.version.pk]), icon="history")]

    @cached_property
    def against(self) -> Any:
        asked = self.request.GET.get("against", "")
        if not asked:
            return self.siblings().filter(number__lt=self.version.number).first()
        if not (asked.isascii() and asked.isdigit()):
            raise Http404
        return get_object_or_404(self.siblings(), number=int(asked))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = self.against.content if self.against else None
        return super().get_context_data(
            version=self.version,
            against=self.against,
            others=[other for other in self.siblings() if other != self.version],
            changes=self.changes(before, self.version.content),
            **kwargs,
        )


class SchemeVersionPage(_SchemeVersions, VersionPage):
    pass


class WaiverPolicyPage(_WaiverVersions, VersionPage):
    pass


class RollbackForm(ReasonForm):
    effective_from = forms.DateField(
        label=gettext_lazy("Effective from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Empty: from the first night that has not run when it is approved."),
    )


class Rollback(FormPage):
    """A proposal with the content of an older version: publishing it makes a new one."""

    title = gettext_lazy("Propose this version again")
    form_class = RollbackForm
    submit = gettext_lazy("Propose")
    done = gettext_lazy("It waits for somebody else's decision.")

    def is_allowed(self) -> bool:
        return super().is_allowed() and self.request.user.role == User.Role.ADMIN

    def perform(self, form: RollbackForm) -> Proposal:
        return services.propose(
            kind=self.kind,
            content=self.version.content,
            title=_("Back to %(version)s") % {"version": self.version},
            reason=form.cleaned_data["reason"],
            effective_from=form.cleaned_data["effective_from"],
            by=self.request.user,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse(self.page, args=[self.version.pk])
        return super().get_context_data(intro=str(self.version), cancel_url=back, **kwargs)

    def get_success_url(self) -> str:
        return reverse("proposal", args=[self.result.pk])


class SchemeRollback(_SchemeVersions, Rollback):
    pass


class WaiverRollback(_WaiverVersions, Rollback):
    pass
