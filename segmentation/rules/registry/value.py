"""What a customer is worth: the year through the newest month that was closed before the night."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from segmentation.rules.registry.kinds import Field, Join, Type, Unit

YEARS = Join(
    "LEFT JOIN segmentation_valueyear own_value ON own_value.month = %(known_month)s AND own_value.customer_id = c.id{whose}",
    rows="own_value",
)
OWN = "(SELECT v.{0} FROM segmentation_valueyear v WHERE v.month = %(known_month)s AND v.customer_id = c.id)"


def _of_year(name: str, label: Promise, column: str) -> Field:
    return Field(
        name,
        label,
        Type.MONEY,
        OWN.format(column),
        unit=Unit.CURRENCY,
        joined=f"own_value.{column}",
        join=YEARS,
        family=pgettext_lazy("of a customer", "Value"),
    )


VALUE = (
    _of_year("value_year", _("value per year"), "value"),
    _of_year("lifetime_value", _("lifetime value"), "lifetime"),
)
