"""Verbs on custom attributes: declared, changed, retired, and written for a customer."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.identity.models import User
from customers.attributes.values import kept
from customers.models import Attribute, AttributeValue, Customer
from customers.models.attributes import CODE
from customers.services.trail import record_change
from customers.services.versions import STALE, locked, save_version

# slot: callables `(attribute) -> Iterable[str]` that name what uses it
USES = "attribute.uses"
MOST_WORDS, MOST = 200, 200
CHANGEABLE = {"label", "label_zh", "sensitivity", "may_set_prices", "words"}


@transaction.atomic
def declare_attribute(*, code: str, label: str, type: str, by: User | str, **more: Any) -> Attribute:
    """A new attribute, personal data that sets no price unless `more` says otherwise (CHANGEABLE)."""
    if found := Attribute.objects.filter(code=code).first():
        refuse_deleted(found, field="code")
        raise RuleBroken(_("There is an attribute with this code already."), field="code", code="taken")
    if not re.match(CODE, code):
        raise RuleBroken(_("Small Latin letters, digits and _, beginning with a letter."), field="code")
    if Attribute.objects.in_use().count() >= MOST:
        raise RuleBroken(_("There are %(count)s attributes; retire one first.") % {"count": MOST}, field="code")
    if type not in Attribute.Type.values:
        raise RuleBroken(_("There is no type %(type)s.") % {"type": type}, field="type")
    attribute = Attribute(code=code, label=label.strip(), type=type, created_by=by if isinstance(by, User) else None)
    _put(attribute, more)
    attribute.save()
    audit.record("attribute.declared", attribute, by=by, code=code, type=type, sensitivity=attribute.sensitivity)
    return attribute


@transaction.atomic
def change_attribute(*, attribute: Attribute, by: User, version: int | None = None, **changes: Any) -> Attribute:
    """Names, sensitivity, words. One that becomes sensitive sets no price from now on: refused while rules of prices use it.

    `version` is the one that was read: refused where somebody was faster.
    """
    attribute = Attribute.objects.for_change(attribute)
    refuse_deleted(attribute)
    if version is not None and attribute.version != version:
        raise RuleBroken(_("Somebody changed this in the meantime. Look at it again."), code=STALE)
    before = {name: getattr(attribute, name) for name in CHANGEABLE}
    _put(attribute, changes)
    differing = sorted(name for name in CHANGEABLE if getattr(attribute, name) != before[name])
    if before["may_set_prices"] and not attribute.may_set_prices:
        refuse_used(attribute, _("Rules that set prices may use it: %(uses)s. Change them first."))
    gone = {word["code"] for word in before["words"]} - {word["code"] for word in attribute.words}
    if gone and (uses_of(attribute) or AttributeValue.objects.filter(attribute=attribute, text__in=gone).exists()):
        raise RuleBroken(_("A word that is in use can't be taken away."), field="words")
    if differing:
        attribute.version += 1
        attribute.save()
        audit.record("attribute.changed", attribute, by=by, fields=differing)
    return attribute


@transaction.atomic
def retire_attribute(*, attribute: Attribute, by: User, at: datetime) -> None:
    """Offered no more, in no form, file or new rule; its values and the rules that use it stay."""
    attribute = Attribute.objects.for_change(attribute)
    if attribute.retired_at is None:
        attribute.retired_at = at
        attribute.version += 1
        attribute.save()
        audit.record("attribute.retired", attribute, by=by)


@transaction.atomic
def set_attributes(
    *, customer: Customer, values: Mapping[str, Any], by: User | str, version: int | None = None
) -> Customer:
    """Values by code; None or "" clears. The trail names the attributes, never a value."""
    customer = locked(customer, version)
    known = {attribute.code: attribute for attribute in Attribute.objects.to_write(values)}
    if unknown := sorted(set(values) - set(known)):
        text = _("There is no attribute %(names)s.") % {"names": ", ".join(unknown)}
        raise RuleBroken(text, field="attributes")
    rows = {row.attribute_id: row for row in AttributeValue.objects.for_change(customer)}
    changed = [
        code
        for code, written in values.items()
        if _write(customer, known[code], rows.get(known[code].pk), kept(known[code], written))
    ]
    if changed:
        save_version(customer)
        record_change("attributes.changed", customer, by=by, attributes=sorted(changed))
    return customer


def _write(customer: Customer, attribute: Attribute, row: AttributeValue | None, value: Any) -> bool:
    if row is None and value is None:
        return False
    if row is None:
        AttributeValue.objects.create(customer=customer, attribute=attribute, **{attribute.cell: value})
        return True
    if getattr(row, attribute.cell) == value:
        return False
    if value is None:
        row.delete()
    else:
        setattr(row, attribute.cell, value)
        row.save(update_fields=[attribute.cell])
    return True


def uses_of(attribute: Attribute) -> list[str]:
    return [text for asked in contributions(USES) for text in asked(attribute)]


def _put(attribute: Attribute, values: Mapping[str, Any]) -> None:
    if unknown := set(values) - CHANGEABLE:
        raise TypeError(f"an attribute has no {', '.join(sorted(unknown))} to change")
    for name, value in values.items():
        setattr(attribute, name, value)
    if not attribute.label:
        raise RuleBroken(_("Give it a name."), field="label")
    if attribute.may_set_prices and attribute.sensitivity != Attribute.Sensitivity.BUSINESS:
        raise RuleBroken(_("Only a business figure may set prices."), field="may_set_prices")
    attribute.words = _words(attribute.words)
    if (attribute.type == Attribute.Type.CHOICE) != bool(attribute.words):
        text = _("A choice has words, and nothing else has.")
        raise RuleBroken(text, field="words")


def _words(words: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    found = []
    for word in words:
        code, label = str(word.get("code", "")).strip(), str(word.get("label", "")).strip()
        if not code or not code.isprintable() or max(len(code), len(label)) > 60:
            raise RuleBroken(_("A word has a code and a name of at most 60 characters."), field="words")
        zh = str(word.get("label_zh", "")).strip()[:60]
        found.append({"code": code, "label": label or code} | ({"label_zh": zh} if zh else {}))
    if len(found) > MOST_WORDS or len({word["code"] for word in found}) < len(found):
        raise RuleBroken(_("Each word stands there once, %(count)s at most.") % {"count": MOST_WORDS}, field="words")
    return found


def refuse_used(attribute: Attribute, text: str) -> None:
    uses: Iterable[str] = uses_of(attribute)
    if listed := list(uses):
        raise RuleBroken(text % {"uses": "; ".join(listed[:5])}, code="used")


def refuse_deleted(attribute: Attribute, *, field: str | None = None) -> None:
    if attribute.deleted_at is not None:
        text = _("%(attribute)s is deleted; its values are being taken away. Then its code is free again.")
        raise RuleBroken(text % {"attribute": attribute}, field=field, code="deleted")
