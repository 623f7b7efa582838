"""Where a segment begins: from nothing, from one to copy, or from one that is in force."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.errors import RuleBroken
from crm.base.pages import FormPage
from crm.base.parsing import loaded
from customers.models import Customer
from segmentation.models import PolicyDraft
from segmentation.segments.starters import STARTERS
from segmentation.segments.versions import versions_on
from segmentation.segments.views.lists import HERE
from segmentation.services import drafts
from segmentation.services.policies import next_day


class BeginForm(forms.Form):
    """`rule` is the JSON of a rule with which the one begins that is no copy, for customers of `kind`."""

    start = forms.ChoiceField(label=gettext_lazy("What do you begin with?"), widget=forms.RadioSelect)
    rule = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *Customer.Kind.choices], widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = [(drafts.SEGMENT, _("With the rule of the report") if self["rule"].value() else _("With nothing"))]
        copies = [(f"{drafts.STARTER}:{each.code}", f"{each.name}: {each.description}") for each in STARTERS]
        found = versions_on(next_day())
        text = _("Change %(name)s, version %(number)s")
        changes = [
            (f"{drafts.SEGMENT}:{code}", text % {"name": version.segment, "number": version.number})
            for code, version in sorted(found.items())
        ]
        choices: Any = [*nothing, (_("A template"), copies), *([(_("A segment in force"), changes)] if changes else [])]
        self.fields["start"].choices = choices  # type: ignore[attr-defined]


class SegmentBegin(FormPage):
    """`?start=segment:rising` chooses one beforehand; `?rule=` brings the rule of a new one."""

    permission = "drafts:write"
    title = gettext_lazy("New segment")
    parents = HERE
    form_class = BeginForm
    submit = gettext_lazy("Begin")
    cancel_to = "segments"

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        kind = asked.get("kind", "")
        return {
            "start": asked.get("start", drafts.SEGMENT),
            "rule": asked.get("rule", ""),
            "kind": kind if kind in Customer.Kind.values else "",
        }

    def perform(self, form: BeginForm) -> PolicyDraft:
        typed = form.cleaned_data
        try:
            rule = loaded(typed["rule"]) if typed["rule"] else None
        except ValueError as error:
            raise RuleBroken(_("The address holds no rule.")) from error
        own = {"when": rule, "customer_kind": typed["kind"]} if rule else {}
        return drafts.begin_draft(start=typed["start"], by=self.request.user, own=own)

    def get_success_url(self) -> str:
        return reverse("draft_edit", args=[self.result.pk])
