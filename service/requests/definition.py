"""A form of the catalogue, parsed.

Content: {"code": "remittance", "name": "Cross-border remittance", "about": "...", "identity": "document",
          "is_checked": true, "moves_assets": true, "is_suited": false, "is_retired": false, "cut_off": "16:00", "holidays": "CN",
          "fields": [{"code": "amount", "label": "Amount", "type": "amount", "currencies": ["USD"], "is_optional": false}]}
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from customers.models import Product
from segmentation.checks import codeword, currency, flag, known_keys, one_of, text
from segmentation.rules.validation import refuse
from segmentation.stored import Stored
from service.clocks.desks import has_holidays
from service.requests.words import FieldType, Identity

PATH = "request_form"
FLAGS = ("is_checked", "moves_assets", "is_suited", "is_retired")
KEYS = {"code", "name", "about", "identity", "cut_off", "holidays", "fields", *FLAGS}
# which further keys a field of a type has
OF_TYPE = {FieldType.AMOUNT: "currencies", FieldType.PRODUCT: "families", FieldType.CHOICE: "choices"}
FIELD_KEYS = {"code", "label", "type", "is_optional"}
# names that the page of a form has for itself
RESERVED = ("document", "once")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
MOST_FIELDS, MOST_WORDS = 30, 40


@dataclass(frozen=True)
class Field:
    """`words` are the currencies of an amount, the families of a product (none: all), or the choices."""

    code: str
    label: str
    type: FieldType
    words: tuple[str, ...] = ()
    is_optional: bool = False


@dataclass(frozen=True)
class Form:
    """`identity` is the least by which the customer is known; `is_checked` asks for a second pair of eyes; `is_suited` that each product
    fits the customer's risk. What was authorised after `cut_off`, or on one of the country's days off, is executed on its next day."""

    code: str
    name: str
    about: str
    identity: Identity
    fields: tuple[Field, ...]
    cut_off: str = ""
    country: str = ""
    is_checked: bool = False
    moves_assets: bool = False
    is_suited: bool = False
    is_retired: bool = False

    @classmethod
    def parse(cls, written: Any, *, path: str = PATH) -> "Form":
        """Raises RuleBroken with the path."""
        known_keys(written, KEYS, path)
        text(written.get("name"), 80, f"{path}.name")
        if written.get("about", "") != "":
            text(written["about"], 300, f"{path}.about")
        one_of(written.get("identity"), list(Identity.values), f"{path}.identity")
        cut_off, country, fields = written.get("cut_off", ""), written.get("holidays", ""), written.get("fields")
        if cut_off != "" and not (isinstance(cut_off, str) and CLOCK.fullmatch(cut_off)):
            refuse(f"{path}.cut_off", _("a time of day, such as 16:30, belongs here."))
        if country != "" and not (isinstance(country, str) and has_holidays(country)):
            refuse(f"{path}.holidays", _('a country, such as "CN" or "GB-ENG", belongs here.'))
        if not isinstance(fields, list) or not 1 <= len(fields) <= MOST_FIELDS:
            refuse(f"{path}.fields", _("a form has 1 to %(count)s fields.") % {"count": MOST_FIELDS})
        found = tuple(_field(each, f"{path}.fields[{place}]") for place, each in enumerate(fields))
        for place, each in enumerate(found):
            if each.code in RESERVED or each.code in [before.code for before in found[:place]]:
                refuse(f"{path}.fields[{place}].code", _("“%(code)s” stands here twice.") % {"code": each.code})
        flags = {name: flag(written.get(name, False), f"{path}.{name}") for name in FLAGS}
        if flags["is_suited"] and not any(each.type == FieldType.PRODUCT for each in found):
            refuse(f"{path}.is_suited", _("without a product there is nothing that has to suit the customer."))
        return cls(
            codeword(written.get("code"), f"{path}.code"), written["name"], written.get("about", ""),
            Identity(written["identity"]), found, cut_off, country, **flags,
        )  # fmt: skip


def _field(written: Any, path: str) -> Field:
    known_keys(written, FIELD_KEYS | set(OF_TYPE.values()), path)
    one_of(written.get("type"), list(FieldType.values), f"{path}.type")
    kind = FieldType(written["type"])
    known_keys(written, FIELD_KEYS | ({OF_TYPE[kind]} if kind in OF_TYPE else set()), path)
    text(written.get("label"), 80, f"{path}.label")
    return Field(
        codeword(written.get("code"), f"{path}.code"), written["label"], kind, _words(written, kind, path),
        flag(written.get("is_optional", False), f"{path}.is_optional"),
    )  # fmt: skip


def _words(written: Mapping, kind: FieldType, path: str) -> tuple[str, ...]:
    if kind not in OF_TYPE:
        return ()
    key = OF_TYPE[kind]
    words = written.get(key, [settings.CRM_BASE_CURRENCY] if kind == FieldType.AMOUNT else [])
    least = 0 if kind == FieldType.PRODUCT else 1
    if not isinstance(words, list) or not least <= len(words) <= MOST_WORDS:
        refuse(f"{path}.{key}", _("%(least)s to %(most)s words belong here.") % {"least": least, "most": MOST_WORDS})
    for place, word in enumerate(words):
        where = f"{path}.{key}[{place}]"
        if kind == FieldType.AMOUNT:
            currency(word, where)
        elif kind == FieldType.PRODUCT:
            one_of(word, list(Product.Family.values), where)
        else:
            text(word, 80, where)
    return tuple(dict.fromkeys(words))


STORED = Stored(Form.parse, most=256)
parsed, readable = STORED.parsed, STORED.readable
