"""From a draft to the proposal that somebody else decides."""

from datetime import timedelta
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.approvals import services
from crm.approvals.models import Proposal
from crm.base.errors import RuleBroken
from crm.base.pages import FormPage
from segmentation.drafts import shown
from segmentation.services.policies import next_day
from segmentation.views.drafts import OwnDraft


class ProposeForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who decides reads it beside the change."),
    )
    effective_from = forms.DateField(
        label=_("Effective from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A business date that no night has run. Without one it holds from the first night after approval."),
    )


class DraftPropose(OwnDraft, FormPage):
    """Only what is right can be proposed; the draft stays, for the next time."""

    title = _("Propose")
    form_class = ProposeForm
    submit = _("Propose")
    done = _("It waits for somebody else's decision.")

    @cached_property
    def problems(self) -> list[tuple[str, str]]:
        return shown(self.draft).problems

    def get_initial(self) -> dict[str, Any]:
        day = next_day() + timedelta(days=1)
        return {"title": str(self.draft), "effective_from": max(day, timezone.localdate() + timedelta(days=1))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = _("The draft is not right yet: open it to see what is wrong.") if self.problems else ""
        cancel = reverse("draft", args=[self.draft.pk])
        return super().get_context_data(**{"intro": intro, "cancel_url": cancel} | kwargs)

    def perform(self, form: ProposeForm) -> Proposal:
        if self.problems:
            raise RuleBroken(_("The draft is not right yet: open it to see what is wrong."))
        return services.propose(
            kind=self.draft.kind, content=self.draft.content, by=self.request.user, **form.cleaned_data
        )

    def get_success_url(self) -> str:
        return reverse("proposal", args=[self.result.pk])
