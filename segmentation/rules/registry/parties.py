"""What is known of the customer, and to what they belong."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.models import ContactChannel, Customer
from segmentation.rules.registry.dates import YEARS, full_years
from segmentation.rules.registry.kinds import Field, Join, Sensitivity, Type, Unit

BRANCHES = Join("LEFT JOIN identity_branch b ON b.id = c.branch_id")
CARDS = Join(
    """LEFT JOIN (
    SELECT DISTINCT ON (h.customer_id) h.customer_id, x.kind
    FROM customers_card x JOIN customers_accountholder h ON h.id = x.holder_id
    WHERE x.issued_on <= %(day)s{whose}
    ORDER BY h.customer_id, x.issued_on DESC, x.number DESC
) newest_card ON newest_card.customer_id = c.id""",
    rows="h",
)
CARD = (
    "(SELECT k.kind FROM customers_accountholder h JOIN customers_card k ON k.holder_id = h.id"
    " WHERE h.customer_id = c.id AND k.issued_on <= %(day)s ORDER BY k.issued_on DESC, k.number DESC LIMIT 1)"
)
BRANCH = "(SELECT b.code FROM identity_branch b WHERE b.id = c.branch_id)"


def _text(name: str, label: Promise, sensitivity: Sensitivity) -> Field:
    return Field(name, label, Type.TEXT, f"nullif(c.{name}, '')", sensitivity=sensitivity)


def _choice(name: str, label: Promise, choices: type[TextChoices], sensitivity: Sensitivity) -> Field:
    said = tuple(choices.choices)
    return Field(name, label, Type.CHOICE, f"nullif(c.{name}, '')", choices=said, sensitivity=sensitivity)


BELONGING = (
    Field("kind", _("customer kind"), Type.CHOICE, "c.kind", choices=tuple(Customer.Kind.choices)),
    Field("status", _("status"), Type.CHOICE, "c.status", choices=tuple(Customer.Status.choices)),
    Field("branch", _("branch"), Type.TEXT, BRANCH, joined="b.code", join=BRANCHES),
    Field("card", _("newest card"), Type.TEXT, CARD, joined="newest_card.kind", join=CARDS),
    Field(
        "segment",
        _("segment"),
        Type.TEXT,
        "segment_stands_for_its_rule",
        sensitivity=Sensitivity.PROTECTED,
        is_reference=True,
    ),
)
PERSONAL = (
    _text("occupation", _("occupation"), sensitivity=Sensitivity.PERSONAL),
    _text("education", _("education"), sensitivity=Sensitivity.PERSONAL),
    Field(
        "annual_income",
        _("annual income"),
        Type.MONEY,
        "c.annual_income",
        unit=Unit.CURRENCY,
        sensitivity=Sensitivity.PERSONAL,
    ),
    _choice("preferred_channel", _("preferred channel"), ContactChannel, sensitivity=Sensitivity.PERSONAL),
    _choice("preferred_time", _("preferred time"), Customer.Time, sensitivity=Sensitivity.PERSONAL),
    # nearly where somebody comes from
    _text("language", _("language"), sensitivity=Sensitivity.PROTECTED),
    _text("region", _("region"), sensitivity=Sensitivity.PROTECTED),
    _choice("sex", _("sex"), Customer.Sex, sensitivity=Sensitivity.PROTECTED),
    Field(
        "age",
        _("age"),
        Type.INTEGER,
        YEARS.format("c.birth_date"),
        unit=Unit.YEARS,
        source="birth_date",
        derive=full_years,
        counts_from="c.birth_date",
        sensitivity=Sensitivity.PROTECTED,
    ),
)
