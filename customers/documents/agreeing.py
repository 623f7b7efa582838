"""One customer, one truth: a document, the record and the contact data never say different things of one another.

What the bank's files bring is not refused here: the page says where it contradicts a document.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.crypto import keyed_hash
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from customers.contacts import normalised
from customers.documents.numbers import CREDIT_CODE, ID_CARD, Said, check_number
from customers.models import Customer, Document

OWN = (*Document.RESIDENT, *Document.REGISTERED)


def refuse_other_number(customer: Customer, type_: str, number: str) -> None:
    """The number of another open document of the same authority, or of the contact data, is not this one."""
    group = next((group for group in (Document.RESIDENT, Document.REGISTERED) if type_ in group), None)
    if group is None or not _is_whole(type_, number):
        return
    others = Document.objects.open().filter(customer=customer, type__in=group).exclude(type=type_)
    for other in others:
        if _is_whole(other.type, other.number) and other.number != number:
            text = _("Another number stands on file: %(document)s.") % {"document": other}
            raise RuleBroken(text, field="number", code="contradiction")
    known = known_number(customer)
    if _is_whole(type_, known) and known != number:
        text = _("The contact data hold another id number. Check which is right, and change it there first.")
        raise RuleBroken(text, field="number", code="contradiction")


def refuse_other_person(customer: Customer, said: Said) -> None:
    """Birth date and sex that the number holds are those of the record, as far as it knows them."""
    if said.birth_date and customer.birth_date and said.birth_date != customer.birth_date:
        words = {"number": said_day(said.birth_date), "record": said_day(customer.birth_date)}
        text = _("The document says born on %(number)s, the record %(record)s.") % words
        raise RuleBroken(text, field="number", code="contradiction")
    if said.sex and customer.sex and said.sex != customer.sex:
        words = {"number": str(Customer.Sex(said.sex).label), "record": customer.get_sex_display()}
        text = _("The document says %(number)s, the record %(record)s.") % words
        raise RuleBroken(text, field="number", code="contradiction")


def refuse_contradicted_record(customer: Customer, changes: Mapping[str, Any]) -> None:
    """Before the record is changed: a document on file holds the birth date and sex."""
    touched = {name: changes[name] for name in ("birth_date", "sex") if changes.get(name)}
    if not touched:
        return
    for document in Document.objects.open().filter(customer=customer, type__in=Document.RESIDENT):
        said = check_number(document.type, document.number, as_of=timezone.localdate(document.recorded_at))
        for name, value in touched.items():
            if getattr(said, name) and value != getattr(said, name):
                text = _("The document on file says otherwise: %(document)s. Close it first if it is wrong.")
                raise RuleBroken(text % {"document": document}, field=name, code="contradiction")


def refuse_contradicted_contact(customer: Customer, changes: Mapping[str, str]) -> None:
    """Before contact data are changed: the id number is that of the document on file, or none."""
    number = normalised("national_id", changes.get("national_id", ""))
    if not number:
        return
    documents = Document.objects.open().filter(customer=customer, type__in=OWN).only("type", "number", "number_hash")
    for document in documents:
        if _is_whole(document.type, document.number) and bytes(document.number_hash) != keyed_hash(number):
            text = _("The document on file has another number: %(document)s. Renew or close it first.")
            raise RuleBroken(text % {"document": document}, field="national_id", code="contradiction")


def known_number(customer: Customer) -> str:
    """The id number among the contact data."""
    return getattr(getattr(customer, "contact", None), "national_id", "")


def contradicts(customer: Customer, document: Document) -> bool:
    """For the page: a file brought another number, birth date or sex than stands on the document."""
    if not document.is_open or document.type not in OWN:
        return False
    known = known_number(customer)
    if _is_whole(document.type, document.number) and _is_whole(document.type, known) and known != document.number:
        return True
    if document.type not in Document.RESIDENT:
        return False
    try:
        refuse_other_person(customer, check_number(document.type, document.number, as_of=timezone.localdate()))
    except RuleBroken:
        return True
    return False


def _is_whole(type_: str, number: str) -> bool:
    """A resident id or credit code, rather than an older number or that of another paper."""
    return bool((ID_CARD if type_ in Document.RESIDENT else CREDIT_CODE).match(number))
