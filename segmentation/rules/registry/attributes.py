"""Fields that a bank declared itself: custom attributes, each by the name under which files know it, `attribute_<code>`.

They stand in rows of their own. A name is looked up where a rule uses it; retired ones go on meaning what they meant.
"""

import re
from collections.abc import Iterator

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from customers.models import Attribute
from customers.models.attributes import PREFIX
from segmentation.rules.registry.kinds import Field, Join, Sensitivity, Type, Unit

FAMILY = _("Custom attributes")
ALIAS = re.compile(rf"\b{PREFIX}(\d+)\.")
TYPES = {kind: Type(kind.value) for kind in Attribute.Type}
OWN = "(SELECT v.{cell} FROM customers_attributevalue v WHERE v.attribute_id = {key} AND v.customer_id = c.id)"
JOIN = (
    "LEFT JOIN customers_attributevalue {alias} ON {alias}.attribute_id = {key} AND {alias}.customer_id = c.id{{whose}}"
)


def declared(name: str) -> Field | None:
    """The field of an attribute, in use or retired; None where there is none of that name."""
    if not name.startswith(PREFIX):
        return None
    found = Attribute.objects.standing().filter(code=name.removeprefix(PREFIX)).first()
    return field_of(found) if found else None


def offered() -> list[Field]:
    """Those that a new rule may use."""
    return [field_of(attribute) for attribute in Attribute.objects.in_use()]


def field_of(attribute: Attribute) -> Field:
    kind, alias = TYPES[Attribute.Type(attribute.type)], f"{PREFIX}{attribute.pk}"
    return Field(
        attribute.field,
        _said(attribute.label, attribute.label_zh),
        kind,
        OWN.format(cell=attribute.cell, key=attribute.pk),
        unit=Unit.CURRENCY if kind == Type.MONEY else Unit.NONE,
        sensitivity=Sensitivity(attribute.sensitivity),
        choices=tuple((word["code"], _said(word["label"], word.get("label_zh", ""))) for word in attribute.words),
        joined=f"{alias}.{attribute.cell}",
        join=Join(JOIN.format(alias=alias, key=attribute.pk), rows=alias),
        family=FAMILY,
        is_priced=attribute.may_set_prices,
    )


def joins_in(text: str) -> Iterator[Join]:
    """What a compiled text needs of them, told by the aliases in it."""
    for key in dict.fromkeys(ALIAS.findall(text)):
        alias = f"{PREFIX}{key}"
        yield Join(JOIN.format(alias=alias, key=key), rows=alias)


def _word(english: str, chinese: str) -> str:
    return chinese if chinese and str(get_language()).startswith("zh") else english


_said = lazy(_word, str)
