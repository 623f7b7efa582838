"""Risk assessments that another system of the bank made."""

from django.utils.translation import gettext_lazy as _

from customers.imports.catalogue.accounts import CUSTOMER, not_erased
from customers.imports.columns import Number
from customers.imports.days import Day
from customers.imports.kinds import Kind

RISK_ASSESSMENTS = Kind(
    name="risk_assessments",
    label=_("Risk assessments"),
    table="customers_riskassessment",
    columns=(
        CUSTOMER,
        Number("level", "level", required=True, digits="0", whole=1, least="1", most="5", code="level"),
        Day("assessed_on", "assessed_on", required=True),
    ),
    # none is ever changed: another level of the same day is another assessment
    key=("customer", "assessed_on", "level"),
    defaults={"recorded_at": "now()", "by_id": "%(by)s"},
    checks=(not_erased,),
)
