from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.identity.models import User
from customers.forms.inputs import MomentInput, TypedCustomer
from managers.meetings.services import LONGEST, SHORTEST
from service.models import Room

ROOMS = Room.objects.used().select_related("branch").order_by("branch__path", "name")
MANAGERS = User.objects.filter(role=User.Role.MANAGER, is_active=True).order_by("name", "pk")


class _WhenForm(forms.Form):
    starts_at = forms.DateTimeField(label=_("When"), widget=MomentInput())
    minutes = forms.IntegerField(label=_("Minutes"), min_value=SHORTEST, max_value=LONGEST, initial=60)
    room = forms.ModelChoiceField(ROOMS, label=_("Room"))


class BookForm(_WhenForm, TypedCustomer):
    field_order = ("customer", "manager", "starts_at", "minutes", "room", "subject")

    manager = forms.ModelChoiceField(
        MANAGERS, label=_("Manager"), to_field_name="username", required=False, empty_label=_("the customer's own")
    )
    subject = forms.CharField(label=_("About"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        customer = found.get("customer")
        if customer and not found.get("manager"):
            if customer.manager is None:
                self.add_error("manager", _("Nobody looks after this customer: choose a manager."))
            found["manager"] = customer.manager
        return found


class ReadForm(forms.Form):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class MoveForm(_WhenForm, ReadForm):
    pass


class CancelBookingForm(ReadForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class RoomForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    is_used = forms.BooleanField(label=_("In use"), required=False, initial=True)
