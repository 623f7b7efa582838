from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from customers.models import Customer, FeeCharge
from segmentation.rules.sentences import money
from service.complaints.compensating import charges_of
from service.complaints.definition import Named, Rules
from service.complaints.regimes import Regime
from service.complaints.reviewing import reviewers_of
from service.complaints.services import SAID, deadlines_of
from service.complaints.versions import rules_on
from service.complaints.words import Outcome
from service.models import Complaint, LegalStep

# of a customer's fees, the newest
CHARGES = 100


def _words(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=10_000, widget=forms.Textarea({"rows": 4}))


def _rules() -> Rules:
    return rules_on(timezone.localdate())


def _named(rows: Mapping[str, Named]) -> list[tuple[str, str]]:
    return [(code, str(each)) for code, each in rows.items()]


def _language() -> forms.ChoiceField:
    choices = [("", _("that of the customer")), *settings.LANGUAGES]
    return forms.ChoiceField(label=_("Language of the letter"), choices=choices, required=False)


class AnswerForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    words = _words(_("Final answer; the customer reads it"))
    cause = forms.ChoiceField(label=_("Root cause"), choices=lambda: _named(_rules().causes))
    remedies = forms.MultipleChoiceField(
        label=_("Remedies"), choices=lambda: _named(_rules().remedies), widget=forms.CheckboxSelectMultiple
    )
    language = _language()


class AcknowledgeForm(forms.Form):
    words = forms.CharField(
        label=_("What else the letter says"), max_length=4_000, required=False, widget=forms.Textarea({"rows": 3})
    )
    language = _language()


class ReviewForm(forms.Form):
    words = _words(_("Why the customer is not content"))
    reviewer = forms.ModelChoiceField(
        label=_("Reviewer"), queryset=User.objects.none(), required=False, to_field_name="username",
        empty_label=_("The nearest above"), help_text=_("Heads above who had no part in it."),
    )  # fmt: skip

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fit = [head.pk for head in reviewers_of(complaint)]
        self.fields["reviewer"].queryset = User.objects.filter(pk__in=fit)  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome, widget=forms.RadioSelect)
    words = _words(_("Decision; the customer reads it"))
    language = _language()


class ChargeChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        left = money(obj.amount - obj.waived, obj.account.currency)
        words = {"fee": obj.fee, "day": said_day(obj.charged_on), "left": left}
        return _t("%(fee)s of %(day)s: %(left)s left") % words


class CompensateForm(forms.Form):
    charge = ChargeChoice(label=_("Fee to give back"), queryset=FeeCharge.objects.none(), to_field_name="number")
    amount = forms.DecimalField(label=_("Amount"), max_digits=18, decimal_places=4, min_value=Decimal("0.0001"))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}),
        help_text=_("It stands in the waiver ledger, which more people read than the complaint."),
    )  # fmt: skip

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = [charge.pk for charge in charges_of(customer)[:CHARGES]]
        rows = FeeCharge.objects.filter(pk__in=newest).select_related("account", "fee")
        self.fields["charge"].queryset = rows.order_by("-charged_on", "-pk")  # type: ignore[attr-defined]


class ExtensionForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class DeclareForm(forms.Form):
    """Only what the regime of the complaint knows and nobody said yet."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    act = forms.ChoiceField(label=_("What"), widget=forms.RadioSelect)
    words = _words(_("Text; a notice or a holding reply is read by the customer"))
    language = _language()

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
