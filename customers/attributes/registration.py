"""What custom attributes add to the roles, the slots and the pages."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry
from crm.base.slots import contribute
from crm.identity.permissions import STAFF, Role, allow
from customers.attributes.merging import HANDLER
from customers.attributes.panels import ATTRIBUTES
from customers.attributes.values import shown
from customers.duplicates.moves import SLOT as MERGES
from customers.models import AttributeValue
from customers.privacy import taking, telling
from customers.privacy.taking import Category, Deleted, Owned
from customers.privacy.telling import Told


class Values(Told):
    """Name and value of each, in words."""

    def rows(self, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
        rows = self.model._default_manager.filter(**{self.key: ids}, attribute__deleted_at=None)
        for row in rows.select_related("attribute").order_by(*self.order):
            yield {"attribute": row.attribute.said, "text": shown(row.attribute, getattr(row, row.attribute.cell))}


def register() -> None:
    allow("custom-attributes:read", *STAFF, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    allow("custom-attributes:write", Role.ADMIN)
    events = apps.get_model("customers", "AttributeValueEvent")
    names = {"text": _("value")}
    contribute(MERGES, HANDLER)
    contribute(
        telling.SLOT, Values("attributes", _("Custom attributes"), AttributeValue, ("attribute", "text"), names=names)
    )
    earlier = _("Earlier values of custom attributes")
    contribute(
        telling.SLOT,
        Values("earlier-attributes", earlier, events, ("attribute", "text"), order=("pgh_id",), names=names),
    )
    contribute(taking.SLOT, Deleted(_("Custom attributes"), Category.PROFILE, AttributeValue))
    contribute(taking.SLOT, Owned(earlier, Category.PROFILE, events, function="customers_erase_more"))
    contribute("customer.tabs", ATTRIBUTES)
    entry = NavigationEntry(_("Custom attributes"), "attributes", "forms", "data", "custom-attributes:write")
    contribute("navigation", entry)
