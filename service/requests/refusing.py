"""What the record of a customer forbids, asked when they ask, when it is authorised, and when it leaves the bank."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.contacting.suitability import suitability_of
from customers.models import Customer, Flag, Product
from service.requests.definition import Form
from service.requests.words import FieldType

# while one holds, nothing leaves the customer's accounts
FREEZES = (Flag.Kind.COURT_FREEZE, Flag.Kind.FRAUD_CASE)
# of whom a second pair of eyes looks at everything
CARED_FOR = (Flag.Kind.MINOR, Flag.Kind.VULNERABLE)


def refuse_customer(customer: Customer, form: Form, answers: Mapping[str, Any], day: date) -> None:
    """Raises RuleBroken."""
    words = {"status": customer.get_status_display()}
    if customer.status in Customer.GONE:
        raise RuleBroken(_("The customer is %(status)s: nothing is asked in their name.") % words, code="status")
    if form.moves_assets:
        if customer.status == Customer.Status.FROZEN:
            raise RuleBroken(_("The customer is %(status)s: nothing leaves their accounts.") % words, code="status")
        flag = Flag.objects.holding(day).filter(customer=customer, kind__in=FREEZES).first()
        if flag:
            raise RuleBroken(_("%(flag)s: nothing leaves the customer's accounts.") % {"flag": flag}, code="flag")
    if form.is_suited:
        _refuse_unsuitable(customer, form, answers, day)


def _refuse_unsuitable(customer: Customer, form: Form, answers: Mapping[str, Any], day: date) -> None:
    fields = {
        answers[each.code]: each.code for each in form.fields if each.type == FieldType.PRODUCT and each.code in answers
    }
    suitability = suitability_of(customer, day)
    for product in Product.objects.filter(code__in=fields):
        if why := suitability.reason_against(product):
            text = _("This does not suit the customer: %(why)s.") % {"why": why}
            raise RuleBroken(text, field=fields[product.code], code="suitability")


def needs_second(customer: Customer, form: Form, day: date) -> bool:
    return form.is_checked or Flag.objects.holding(day).filter(customer=customer, kind__in=CARED_FOR).exists()
