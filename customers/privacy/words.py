"""The words by which a customer is known: what must stand nowhere after an erasure, not even inside a sentence."""

import re
from collections.abc import Iterable, Sequence

from django.apps import apps

from customers.contacts import KINDS
from customers.masking import HIDDEN
from customers.models import Contact, Customer
from customers.names import FIRST_HAN

MARK = HIDDEN
SHORTEST, SHORTEST_HAN = 4, 2
PREFIX = "+86"


def words_of(ids: Sequence[int]) -> list[str]:
    """Names, old ones too, their spellings, and contact data; the longest first, so that none is left in halves."""
    found: set[str] = set()
    rows = [Customer.objects.filter(pk__in=ids)]
    rows.append(apps.get_model("customers", "CustomerEvent").objects.filter(pgh_obj__in=ids))
    for names in rows:
        for each in names.values_list("name", "sort_key", "pinyin").distinct():
            found.update(each)
    for contact in Contact.objects.filter(customer__in=ids):
        found.update(getattr(contact, kind) for kind in KINDS)
        found.add(contact.phone.removeprefix(PREFIX))
    return sorted(filter(_tells, found), key=lambda word: (-len(word), word))


def _tells(word: str) -> bool:
    """Whether the word alone tells of somebody: shorter ones are parts of others."""
    return len(word) >= (SHORTEST_HAN if FIRST_HAN.search(word) else SHORTEST)


def pattern_of(words: Iterable[str]) -> str | None:
    """A regular expression that finds any of them, for Python and for PostgreSQL; None where there is none.

    Latin letters and digits count only as whole words: Li is no part of a list.
    """
    found = [_bounded(word) for word in words]
    return f"(?:{'|'.join(found)})" if found else None


def _bounded(word: str) -> str:
    edge = "[A-Za-z0-9]"
    before = f"(?<!{edge})" if re.match(edge, word) else ""
    after = f"(?!{edge})" if re.search(f"{edge}$", word) else ""
    return f"{before}{re.escape(word)}{after}"


def without(text: str, pattern: str | None) -> str:
    return re.sub(pattern, MARK, text, flags=re.IGNORECASE) if pattern else text
