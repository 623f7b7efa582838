"""What people type about a customer's record. Which of it holds, the services say."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.identity.models import Branch, User
from customers.contacts import KINDS
from customers.editing.forms import KeepForm, VersionForm
from customers.forms.inputs import DateInput
from customers.labels import name_fields
from customers.masking import masked
from customers.models import Contact, Customer


class FieldsForm(forms.ModelForm):
    class Meta:
        model = Customer
        fields = [
            *("kind", "name", "sex", "birth_date", "region", "occupation", "education", "annual_income", "language"),
            *("preferred_channel", "preferred_time"),
        ]
        widgets = {"birth_date": DateInput()}


class ContactFields(forms.Form):
    national_id = forms.CharField(label=_("National id"), required=False, max_length=40)
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=40, widget=forms.TextInput({"inputmode": "tel"})
    )
    email = forms.CharField(label=_("E-mail"), required=False, max_length=254)
    address = forms.CharField(label=_("Address"), required=False, max_length=400)


class CustomerForm(KeepForm, FieldsForm):
    """The branch too for who may move customers, to one of `branches`."""

    class Meta(FieldsForm.Meta):
        fields = [*FieldsForm.Meta.fields, "branch"]

    def __init__(self, *args: Any, branches: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)
        name_fields(self.fields, self.instance.kind)
        if branches is None:
            del self.fields["branch"]
        else:
            self.fields["branch"].queryset = branches
            self.fields["branch"].required = True

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in self.Meta.fields}


class ContactForm(KeepForm, ContactFields):
    """An empty field stays as it is; what shall go is named under `clear`."""

    clear = forms.MultipleChoiceField(
        label=_("Remove"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )

    def __init__(self, *args: Any, contact: Contact | None, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_fields(self.fields, kind)
        known = {}
        for name in KINDS:
            if value := getattr(contact, name, ""):
                known[name] = self.fields[name].label
                self.fields[name].help_text = gettext("Now %(masked)s. Leave empty to keep it.") % {
                    "masked": masked(name, value)}  # fmt: skip
        self.fields["clear"].choices = known.items()
        if not known:
            del self.fields["clear"]

    def changes(self) -> dict[str, str]:
        gone = dict.fromkeys(self.cleaned_data.get("clear", []), "")
        given = {kind: self.cleaned_data[kind] for kind in ContactFields.base_fields if self.cleaned_data.get(kind)}
        return gone | given


class StatusForm(VersionForm):
    status = forms.ChoiceField(label=_("Status"), choices=Customer.Status.choices)
    on = forms.DateField(label=_("Since"), widget=DateInput())


class AssignForm(VersionForm):
    manager = forms.ModelChoiceField(User.objects.none(), label=_("Manager"), required=False, empty_label=_("Nobody"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, managers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = managers


class RevealForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you need it?"), max_length=200, widget=forms.TextInput({"autofocus": True})
    )


class FindForm(forms.Form):
    text = forms.CharField(
        label=_("Id document, phone or customer number"),
        max_length=64,
        help_text=_("The whole of it. Who is found stays open for you for 30 minutes; look-ups are recorded."),
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off"}),
    )


def branches_of(user: User) -> Any:
    """The branches in which the user may register customers, or to which a head may move them."""
    if user.branch_id is None:
        return Branch.objects.order_by("path")
    if user.role == User.Role.HEAD:
        return Branch.objects.below(user.branch)
    return Branch.objects.filter(pk=user.branch_id)
