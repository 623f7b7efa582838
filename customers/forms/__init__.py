from customers.forms.inputs import DateInput, MomentInput, TypedCustomer
from customers.forms.interactions import InteractionForm, QuickLogForm
from customers.forms.records import (
    AssignForm,
    ContactFields,
    ContactForm,
    CustomerForm,
    FieldsForm,
    FindForm,
    RegisterForm,
    RevealForm,
    StatusForm,
    branches_of,
)

__all__ = [
    "AssignForm",
    "ContactFields",
    "ContactForm",
    "CustomerForm",
    "DateInput",
    "FieldsForm",
    "FindForm",
    "InteractionForm",
    "MomentInput",
    "QuickLogForm",
    "RegisterForm",
    "RevealForm",
    "StatusForm",
    "TypedCustomer",
    "branches_of",
]
