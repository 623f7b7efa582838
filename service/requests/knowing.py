"""How a customer who asks for something was known: by the id document that they show, or by the call in which they were verified."""

from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Call, Contact, Customer
from customers.querysets.search import exact_contact, exact_document
from service.requests.definition import Form
from service.requests.words import Identity


def known_by(customer: Customer, document: str, by: User, at: datetime) -> tuple[Identity, Call | None]:
    """`document` is the whole number of what was shown at the counter, "" where nothing was. Raises RuleBroken where it is not theirs."""
    document = document.strip()
    if document and by.role != User.Role.AGENT:
        if not _is_theirs(customer, document):
            told = partial(audit.record, "service_request.wrong_document", customer, by=by, customer_id=customer.pk)
            text = _("This is no number of an id document that the bank has of the customer.")
            raise RuleBroken(text, field="document", code="document", afterwards=told)
        return Identity.DOCUMENT, None
    calls = Call.objects.going_on(at).filter(agent=by, customer=customer, state=Call.State.VERIFIED)
    call = calls.first()
    return (Identity.PHONE, call) if call else (Identity.NONE, None)


def refuse_unknown(form: Form, known: Identity) -> None:
    if known.meets(form.identity):
        return
    if form.identity == Identity.DOCUMENT:
        raise RuleBroken(
            _("The customer shows an id document for this, at a branch."), field="document", code="identity"
        )
    text = _("The customer is verified for this, in a call that goes on, or by an id document.")
    raise RuleBroken(text, field="document", code="identity")


def _is_theirs(customer: Customer, text: str) -> bool:
    """As the contact data or a document that stands has it; an expired one still says who it is."""
    papers = exact_document(text)
    hashed = exact_contact(text).get("national_id_hash")
    has_paper = papers is not None and papers.filter(customer=customer).exists()
    return has_paper or (
        hashed is not None and Contact.objects.filter(customer=customer, national_id_hash=hashed).exists()
    )
