"""Columns of files that become attributes: as typed and checked as any field, and written set by set."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from crm.base.money import minor_unit
from customers.imports.columns import HIDDEN, PLAIN, Column, Number, Word
from customers.imports.days import Day
from customers.imports.kinds import Job, Kind
from customers.imports.stage import execute
from customers.models import Attribute
from customers.models.attributes import PREFIX

Type = Attribute.Type
CASTS = {"text": "text", "number": "numeric", "day": "date", "truth": "boolean"}
WRITE = """
WITH told AS MATERIALIZED (
    SELECT c.id, r."v_{name}"::{cast} AS value FROM import_effect r JOIN customers_customer c ON c.number = r.v_number
), gone AS (
    DELETE FROM customers_attributevalue v USING told
    WHERE v.attribute_id = {key} AND v.customer_id = told.id AND told.value IS NULL
)
INSERT INTO customers_attributevalue AS v (customer_id, attribute_id, {cell})
SELECT id, {key}, value FROM told WHERE value IS NOT NULL
ON CONFLICT (attribute_id, customer_id) DO UPDATE SET {cell} = excluded.{cell} WHERE v.{cell} IS DISTINCT FROM excluded.{cell}
"""
DIFFERS = (
    "(SELECT v.{cell} FROM customers_attributevalue v WHERE v.attribute_id = {key} AND v.customer_id = t.id)"
    ' IS DISTINCT FROM r."v_{name}"::{cast}'
)


def with_attributes(kind: Kind) -> Kind:
    """The kind with a column for each attribute that is in use."""
    found = list(Attribute.objects.in_use())
    columns = tuple(column_of(attribute) for attribute in found)
    differs = {attribute.field: _filled(DIFFERS, attribute) for attribute in found}
    return replace(kind, columns=(*kind.columns, *columns), differs=kind.differs | differs)


def column_of(attribute: Attribute) -> Column:
    common: dict[str, Any] = {"name": attribute.field, "empty": "NULL", "label": attribute.said}
    common["mask"] = PLAIN if attribute.sensitivity == Attribute.Sensitivity.BUSINESS else HIDDEN
    match Type(attribute.type):
        case Type.NUMBER:
            return Number(**common, digits="4")
        case Type.MONEY:
            return Number(**common, digits=str(minor_unit(settings.CRM_BASE_CURRENCY)))
        case Type.DATE:
            return Day(**common)
        case Type.BOOLEAN:
            return Word(**common, words=("true", "false"), labels=(_("Yes"), _("No")))
        case Type.CHOICE:
            codes, labels = zip(*attribute.choices, strict=True)
            return Word(**common, words=codes, labels=labels)
    return Column(**common)


def write_attributes(job: Job) -> int:
    """Of the customers who are new or differ, and only of the attributes that the file has."""
    codes = [name.removeprefix(PREFIX) for name in job.given if name.startswith(PREFIX)]
    return sum(execute(_filled(WRITE, attribute)) for attribute in Attribute.objects.to_write(codes))


def _filled(text: str, attribute: Attribute) -> str:
    cell = attribute.cell
    return text.format(name=attribute.field, key=attribute.pk, cell=cell, cast=CASTS[cell])
