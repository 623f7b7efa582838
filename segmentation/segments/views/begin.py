"""Where a segment begins: from nothing, from one to copy, or from one that is in force."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.pages import FormPage
from segmentation.models import PolicyDraft
from segmentation.segments.starters import STARTERS
from segmentation.segments.versions import versions_on
from segmentation.segments.views.lists import HERE
from segmentation.services import drafts
from segmentation.services.policies import first_due


class BeginForm(forms.Form):
    start = forms.ChoiceField(label=gettext_lazy("What do you begin with?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = [(drafts.SEGMENT, _("With nothing"))]
        copies = [(f"{drafts.STARTER}:{each.code}", f"{each.name}: {each.description}") for each in STARTERS]
        found = versions_on(first_due() or timezone.localdate())
        text = _("Change %(name)s, version %(number)s")
        changes = [
            (f"{drafts.SEGMENT}:{code}", text % {"name": version.segment, "number": version.number})
            for code, version in sorted(found.items())
        ]
        choices: Any = [*nothing, (_("A template"), copies), *([(_("A segment in force"), changes)] if changes else [])]
        self.fields["start"].choices = choices  # type: ignore[attr-defined]


class SegmentBegin(FormPage):
    """`?start=segment:rising` chooses one beforehand."""

    permission = "drafts:write"
    title = gettext_lazy("New segment")
    parents = HERE
    form_class = BeginForm
    submit = gettext_lazy("Begin")
    cancel_to = "segments"

    def get_initial(self) -> dict[str, Any]:
        return {"start": self.request.GET.get("start", drafts.SEGMENT)}

    def perform(self, form: BeginForm) -> PolicyDraft:
        return drafts.begin_draft(start=form.cleaned_data["start"], by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("draft_edit", args=[self.result.pk])
