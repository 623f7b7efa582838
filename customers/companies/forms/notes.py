"""Limits, contact persons, site visits, news and renewals."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from customers.companies.forms.noted import NotedForm
from customers.forms import MomentInput
from customers.masking import masked
from customers.models import CompanyNews, ContactPerson, CreditLimit, Renewal, SiteVisit


class LimitForm(NotedForm):
    class Meta:
        model = CreditLimit
        fields = ["kind", "amount", "currency", "since", "until", "reference"]


class PersonForm(NotedForm):
    """An empty phone or e-mail stays as it is; what shall go is named under `clear`."""

    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    clear = forms.MultipleChoiceField(
        label=_("Remove"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    field_order = ["name", "function", "phone", "email", "clear", "is_main"]

    class Meta:
        model = ContactPerson
        fields = ["name", "function", "is_main", "since", "until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {kind: getattr(self.instance, kind) for kind in ("phone", "email") if getattr(self.instance, kind)}
        for kind, value in known.items():
            text = gettext("Now %(masked)s. Leave empty to keep it.")
            self.fields[kind].help_text = text % {"masked": masked(kind, value)}
        self.fields["clear"].choices = [(kind, self.fields[kind].label) for kind in known]
        if not known:
            del self.fields["clear"]

    def said(self) -> dict[str, Any]:
        said = super().said()
        gone = dict.fromkeys(said.pop("clear", []), "")
        given = {kind: said.pop(kind) for kind in ("phone", "email")}
        return said | gone | {kind: value for kind, value in given.items() if value}


class VisitForm(NotedForm):
    at = forms.DateTimeField(label=_("When"), widget=MomentInput())
    remark = forms.CharField(
        label=_("In one sentence"), max_length=400, required=False, help_text=_("For the timeline.")
    )
    next_on = forms.DateField(label=_("Next step on"), required=False)
    field_order = ["at", "met", "premises", "stock", "findings", "remark", "next_on"]

    class Meta:
        model = SiteVisit
        fields = ["met", "premises", "stock", "findings"]
        widgets = {name: forms.Textarea({"rows": 3}) for name in ("premises", "stock", "findings")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].initial = lambda: timezone.localtime().replace(second=0, microsecond=0)
        if self.is_correction:
            for name in ("at", "remark", "next_on"):
                del self.fields[name]


class NewsForm(NotedForm):
    class Meta:
        model = CompanyNews
        fields = ["on", "source", "text", "impact"]
        widgets = {"text": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class RenewalForm(NotedForm):
    hints = {"done_on": _("The day on which it was renewed; empty as long as it is due.")}

    class Meta:
        model = Renewal
        fields = ["kind", "what", "due_on", "done_on", "remark"]
