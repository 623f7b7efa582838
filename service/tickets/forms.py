from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import User
from customers.forms.inputs import DateInput
from customers.models import Customer, Interaction
from service.complaints.versions import regimes_said
from service.knowledge.inputs import SubjectInput
from service.models import Caller, Ticket, TicketLink, TicketQueue
from service.tickets.numbers import typed
from service.tickets.writing import MOVES
from service.words import Impact, Kind, Priority, Status

ACCEPTED = {"accept": "image/jpeg,image/png,application/pdf"}


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what they are the service looks at."""

    widget = Files(ACCEPTED)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # type: ignore[override]
        return [super(FilesField, self).clean(each, initial) for each in data or ()]


def _files() -> FilesField:
    return FilesField(label=_("Files"), required=False, help_text=_("JPEG, PNG or PDF, at most 5 of 5 MB each."))


def _text(label: Any, rows: int = 4) -> forms.CharField:
    return forms.CharField(label=label, max_length=10_000, widget=forms.Textarea({"rows": rows}))


class SpeakerField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.who


class TicketForm(forms.Form):
    kind = forms.ChoiceField(label=pgettext_lazy("a ticket", "Kind"), choices=Kind)
    channel = forms.ChoiceField(label=_("Channel"), choices=Interaction.Channel)
    subject = forms.CharField(label=_("Subject"), max_length=200, widget=SubjectInput())
    body = _text(_("What the customer says"))
    impact = forms.ChoiceField(
        label=_("Impact"), choices=Impact, initial=Impact.MEDIUM,
        help_text=_("How much it harms the customer; with the tier it gives the priority."),
    )  # fmt: skip
    queue = forms.ModelChoiceField(
        label=_("Queue"), queryset=TicketQueue.objects.order_by("name"), required=False,
        empty_label=_("The customer's manager"), to_field_name="code",
    )  # fmt: skip
    about = forms.CharField(
        label=_("Complains about (user name)"), max_length=150, required=False,
        help_text=_("They never see this ticket, nor are they told of it."),
    )  # fmt: skip
    received_on = forms.DateField(
        label=_("Complaint received on"), required=False, widget=DateInput(), help_text=_("Empty: today.")
    )
    regime = forms.ChoiceField(
        label=_("Complaint under the law of"), required=False,
        choices=lambda: [("", _("that of the bank")), *regimes_said()],
    )  # fmt: skip
    parent = forms.CharField(label=_("Part of (number)"), max_length=14, required=False)
    files = _files()  # type: ignore[assignment]  # of the class, where forms keep their fields

    def __init__(self, *args: Any, user: User, customer: Customer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.found = user, customer
        speakers = Caller.objects.speaking_for(customer, timezone.localdate()) if customer else Caller.objects.none()
        if customer and speakers:
            speaks = SpeakerField(
                label=_("Who speaks"), queryset=speakers, required=False, empty_label=_("The customer themselves"),
                help_text=_("By a power of attorney."),
            )  # fmt: skip
            self.fields = {"caller": speaks} | self.fields
        if customer is None:
            self.fields = {"customer": forms.CharField(label=_("Customer number"), max_length=32)} | self.fields

    def clean_customer(self) -> Customer:
        reach = Customer.objects.visible_to(self.user)
        found = reach.filter(number=self.cleaned_data["customer"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("No customer in your reach has this number."))
        return found

    def clean_about(self) -> User | None:
        name = self.cleaned_data["about"].strip()
        found = User.objects.filter(username=name).first() if name else None
        if name and found is None:
            raise forms.ValidationError(_("Nobody has this user name."))
        return found

    def clean_parent(self) -> Ticket | None:
        return named(self.cleaned_data["parent"], self.user)


def named(number: str, user: User) -> Ticket | None:
    """The ticket that somebody means, of those that they see."""
    if not number.strip():
        return None
    found = Ticket.objects.visible_to(user).filter(number=typed(number) or "-").first()
    if found is None:
        raise forms.ValidationError(_("No ticket that you see has this number."))
    return found


class MessageForm(forms.Form):
    """A reply, a word of the customer, or a note that stays inside."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    body = _text(_("Text"), rows=3)
    files = _files()  # type: ignore[assignment]  # of the class, where forms keep their fields


class ReplyForm(MessageForm):
    status = forms.ChoiceField(label=_("Afterwards"), required=False)
    field_order = ["version", "body", "status", "files"]

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = (Status.WAITING_CUSTOMER, Status.WAITING_INSIDE, Status.SOLVED)
        ways = [(each.value, each.label) for each in asked if each in MOVES[Status(ticket.status)]]
        self.fields["status"].choices = [("", _("Goes on")), *ways]  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(each.value, each.label) for each in MOVES[Status(ticket.status)]]
        self.fields["status"].choices = ways  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.CharField(label=_("User name"), max_length=150, required=False, help_text=_("Empty: nobody."))
    queue = forms.ModelChoiceField(
        label=_("or into the queue"),
        queryset=TicketQueue.objects.order_by("name"),
        required=False,
        to_field_name="code",
    )

    def clean_to(self) -> User | None:
        name = self.cleaned_data["to"].strip()
        found = User.objects.filter(username=name).first() if name else None
        if name and found is None:
            raise forms.ValidationError(_("Nobody has this user name."))
        return found


class PriorityForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    priority = forms.ChoiceField(
        label=_("Priority"), required=False, choices=[("", _("As the rules say")), *Priority.choices]
    )


class LinkForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("This ticket"), choices=TicketLink.Kind)
    other = forms.CharField(label=_("the ticket (number)"), max_length=14)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_other(self) -> Ticket | None:
        return named(self.cleaned_data["other"], self.user)
