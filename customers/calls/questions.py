"""What a caller is asked. The right answers are read anew each time, compared on the server, and shown nowhere."""

import hmac
import re
from collections.abc import Mapping
from datetime import date, datetime
from random import Random

from django.db.models import Q
from django.utils import timezone

from crm.base.crypto import keyed_hash
from crm.identity.models import Branch
from customers.models import Account, Contact, Customer, Transaction
from customers.models.calls import Question
from customers.names import folded
from customers.portfolio import PAYING

FIRST, NEEDED, MOST_WRONG = 3, 2, 2
SHORTEST_DOCUMENT = 8
TAIL = 4
DIGITS = re.compile(r"\d+")
Answers = Mapping[Question, frozenset[str]]


def known_of(customer: Customer) -> Answers:
    """The right answers, normalised, by question; what the bank doesn't know can't be asked."""
    accounts = Account.objects.filter(holders__customer=customer, holders__role__in=PAYING, closed_on=None)
    held = list(accounts.values_list("pk", "number", "branch_id"))
    contact = Contact.objects.filter(customer=customer).first()
    document = contact.national_id if contact else ""
    found = {
        Question.DOCUMENT: {document[-TAIL:]} if len(document) >= SHORTEST_DOCUMENT else set(),
        Question.BIRTH_DATE: {customer.birth_date.isoformat()} if customer.birth_date else set(),
        Question.BRANCH: {str(branch) for _pk, _number, branch in held if branch},
        Question.ACCOUNT: {digits[-TAIL:] for digits in map(_digits, (row[1] for row in held)) if len(digits) > TAIL},
        Question.MONTH: _last_month([pk for pk, _number, _branch in held]),
    }
    return {question: frozenset(answers) for question, answers in found.items() if answers}


def _last_month(accounts: list[int]) -> set[str]:
    """What the bank books by itself the customer doesn't remember."""
    rows = Transaction.objects.filter(account__in=accounts).exclude(kind__in=Transaction.BY_BANK)
    last = rows.order_by("-booked_on").values_list("booked_on", flat=True).first() if accounts else None
    return {f"{last:%Y-%m}"} if last else set()


def in_order(customer: Customer, known: Answers, at: datetime) -> list[Question]:
    """The order in which they are asked on this day, in whichever call: hanging up brings no other questions."""
    seed = keyed_hash(f"questions {customer.pk} {timezone.localdate(at)}")
    questions = [question for question in Question if question in known]
    Random(seed).shuffle(questions)
    return questions


def is_right(question: Question, text: str, known: Answers) -> bool:
    """Whether it is one of the right answers; takes as long whatever was said."""
    said = keyed_hash(normalised(question, text))
    found = False
    for answer in known.get(question, frozenset()):
        found |= hmac.compare_digest(said, keyed_hash(answer))
    return found


def normalised(question: Question, text: str) -> str:
    """In the spelling of `known_of`; what can't be read is no answer at all."""
    text = text.strip()
    match question:
        case Question.DOCUMENT:
            return "".join(text.split()).upper()
        case Question.ACCOUNT:
            return _digits(text)
        case Question.BIRTH_DATE:
            return _day(_digits(text)) if len(_digits(text)) == 8 else _day("".join(_padded(text)))
        case Question.MONTH:
            return _month(text)
    return _branch(text)


def _digits(text: str) -> str:
    return "".join(DIGITS.findall(text))


def _padded(text: str) -> list[str]:
    """1990-3-7 as 1990 03 07."""
    return [part.zfill(2) for part in DIGITS.findall(text)]


def _day(digits: str) -> str:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat() if len(digits) == 8 else ""
    except ValueError:
        return ""


def _month(text: str) -> str:
    digits = "".join(_padded(text))
    return f"{digits[:4]}-{digits[4:]}" if len(digits) == 6 else ""


def _branch(text: str) -> str:
    """By code, or by as much of the name as no other branch has."""
    if not folded(text):
        return ""
    found = list(Branch.objects.filter(Q(code__iexact=text) | Q(name__icontains=text)).values_list("pk", "code")[:20])
    exact = [pk for pk, code in found if code.casefold() == text.casefold()]
    return str(exact[0]) if exact else str(found[0][0]) if len(found) == 1 else ""
