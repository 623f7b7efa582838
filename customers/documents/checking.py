"""Whether what was typed can be the document of this customer."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from crm.base.crypto import keyed_hash
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from customers.documents.agreeing import refuse_other_number, refuse_other_person
from customers.documents.mrz import read_zone
from customers.documents.numbers import Said, check_number, spelt
from customers.models import Customer, Document

Type = Document.Type
PASSPORTS = (Type.PASSPORT, Type.FOREIGN_PASSPORT)


@dataclass(frozen=True)
class Draft:
    """As somebody typed it; `share` is a fraction, `mrz` is read and not kept."""

    type: str
    number: str
    valid_from: date | None
    valid_until: date | None
    issuer: str = ""
    holder: str = ""
    identified_by: str = ""
    share: Decimal | None = None
    mrz: str = ""

    def kept(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "mrz"}


def checked(customer: Customer, draft: Draft, *, as_of: date) -> tuple[Draft, Said]:
    """In one spelling, with what its number and its foot say of the holder. Raises RuleBroken."""
    if draft.type not in Document.OF_KIND[customer.kind]:
        raise RuleBroken(_("A customer of this kind has no such document."), field="type")
    draft = replace(draft, number=spelt(draft.number), issuer=draft.issuer.strip(), holder=draft.holder.strip())
    if len(draft.issuer) > 120 or len(draft.holder) > 120:
        field = "issuer" if len(draft.issuer) > 120 else "holder"
        raise RuleBroken(_("A text of 1 to %(count)s characters belongs here.") % {"count": 120}, field=field)
    _refuse_days(draft, as_of)
    if draft.type in Document.OF_PEOPLE:
        _check_person(customer, draft, as_of)
        said = Said()
    else:
        draft, said = _check_own(customer, draft, as_of)
    _refuse_second(customer, draft)
    return draft, said


def _refuse_days(draft: Draft, as_of: date) -> None:
    if draft.valid_from and draft.valid_from > as_of:
        raise RuleBroken(_("A document that is not valid yet can't be recorded."), field="valid_from")
    if draft.valid_until and draft.valid_from and draft.valid_until < draft.valid_from:
        raise RuleBroken(_("A document can't end before it starts."), field="valid_until")
    if draft.valid_until and draft.valid_until < as_of:
        text = _("This document ended on %(day)s: ask for the new one.") % {"day": said_day(draft.valid_until)}
        raise RuleBroken(text, field="valid_until")


def _check_person(customer: Customer, draft: Draft, as_of: date) -> None:
    """Somebody of a company, by the number of their own document."""
    if not draft.holder:
        raise RuleBroken(_("Say whose document it is."), field="holder")
    if draft.identified_by not in Document.PERSONAL:
        raise RuleBroken(_("Say which document the number is of."), field="identified_by")
    check_number(draft.identified_by, draft.number, as_of=as_of)
    if draft.share is None:
        return
    if draft.type != Type.BENEFICIAL_OWNER:
        raise RuleBroken(_("Only a beneficial owner has a share."), field="share")
    if not 0 < draft.share <= 1:
        raise RuleBroken(_("A share is more than nothing and at most the whole."), field="share")
    others = Document.objects.open().filter(customer=customer, type=draft.type)
    if (others.aggregate(sum=Sum("share"))["sum"] or Decimal(0)) + draft.share > 1:
        raise RuleBroken(_("All shares together are more than the whole."), field="share")


def _check_own(customer: Customer, draft: Draft, as_of: date) -> tuple[Draft, Said]:
    if draft.holder or draft.identified_by or draft.share is not None:
        raise RuleBroken(_("This document is the customer's own; it has no other holder."), field="holder")
    if draft.mrz.strip() and draft.type not in PASSPORTS:
        raise RuleBroken(_("Only a passport has such lines."), field="mrz")
    said = check_number(draft.type, draft.number, as_of=as_of)
    if draft.mrz.strip():
        said = _agreeing_foot(draft, as_of)
    refuse_other_person(customer, said)
    refuse_other_number(customer, draft.type, draft.number)
    return draft, said


def _agreeing_foot(draft: Draft, as_of: date) -> Said:
    zone = read_zone(draft.mrz, as_of=as_of)
    if zone.number != draft.number:
        raise RuleBroken(_("The line at the foot holds another number."), field="number")
    if (zone.nationality == "CHN") != (draft.type == Type.PASSPORT):
        raise RuleBroken(_("The line at the foot is of another country's passport."), field="mrz")
    if zone.valid_until != draft.valid_until:
        text = _("The line at the foot says valid until %(day)s.") % {"day": said_day(zone.valid_until)}
        raise RuleBroken(text, field="valid_until")
    return Said(zone.birth_date, zone.sex)


def _refuse_second(customer: Customer, draft: Draft) -> None:
    rows = Document.objects.open().filter(customer=customer, type=draft.type)
    if draft.type in Document.SINGLE and rows.exists():
        text = _("Such a document is on file already: renew it, or close it first.")
        raise RuleBroken(text, field="type", code="duplicate")
    if rows.filter(number_hash=keyed_hash(draft.number)).exists():
        raise RuleBroken(_("This document is on file already."), field="number", code="duplicate")
