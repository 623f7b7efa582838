from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from service.complaints.regimes import Regime
from service.complaints.services import SAID, deadlines_of
from service.models import Complaint, LegalStep


def _words(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=10_000, widget=forms.Textarea({"rows": 4}))


class AnswerForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    words = _words(_("Final answer; the customer reads it"))


class ExtensionForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class DeclareForm(forms.Form):
    """Only what the regime of the complaint knows and nobody said yet."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    act = forms.ChoiceField(label=_("What"), widget=forms.RadioSelect)
    words = _words(_("Text; a notice or a holding reply is read by the customer"))

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [(act, LegalStep.Act(act).label) for act in sayable(complaint)]  # type: ignore[attr-defined]


def sayable(complaint: Complaint) -> list[str]:
    asked = {need for stage in Regime.parse(complaint.rules).stages for need in stage.needs}
    known = {step.act for step in complaint.steps.all()}
    found = [str(act) for act in SAID if act in asked and act not in known]
    return found if "approved" in known else [act for act in found if act != LegalStep.Act.NOTICED]


def may_be_extended(complaint: Complaint) -> bool:
    missing = [each.missing for each in deadlines_of(complaint) if "approved" in each.missing]
    known = {step.act for step in complaint.steps.all()}
    return complaint.answered_on is None and bool(missing) and ("complex" in known)
