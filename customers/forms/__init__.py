from customers.forms.inputs import DateInput, MomentInput, SpanForm, TypedCustomer, customer_meant
from customers.forms.interactions import AmendForm, CorrectForm, InteractionForm, LogForm, QuickLogForm
from customers.forms.money import CurrencyForm
from customers.forms.records import (
    AssignForm,
    ContactFields,
    ContactForm,
    CustomerForm,
    FieldsForm,
    FindForm,
    RevealForm,
    StatusForm,
    branches_of,
)

__all__ = [
    "AmendForm",
    "AssignForm",
    "ContactFields",
    "ContactForm",
    "CorrectForm",
    "CurrencyForm",
    "CustomerForm",
    "DateInput",
    "FieldsForm",
    "FindForm",
    "InteractionForm",
    "LogForm",
    "MomentInput",
    "QuickLogForm",
    "RevealForm",
    "SpanForm",
    "StatusForm",
    "TypedCustomer",
    "branches_of",
    "customer_meant",
]
