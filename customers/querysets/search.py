"""What somebody typed into a search box, as conditions on customers that an index answers each.

Measured at a million customers: a capped set of keys first, then the rows (performance.md).
"""

import re

from django.apps import apps
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from crm.base.crypto import keyed_hash
from crm.base.errors import RuleBroken
from customers.contacts import hash_of
from customers.names import HAN, typed

WORDS = re.compile(rf"[{HAN}]+|[^\s{HAN}]+")
CHINESE = re.compile(rf"[{HAN}]")
VOWELS = re.compile(r"[aeiouv]")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{6,19}\Z", re.ASCII)
DOCUMENT = re.compile(r"(?=.*[0-9])[A-Za-z0-9/.()-]{6,32}\Z", re.ASCII)
NOISE = re.compile(r"[\s()（）-]+")
LONGEST_INITIALS = 4
TRIGRAM, LONG = 3, 5


def _holds(function: str, column: str, text: str) -> Func:
    """`function(column) @> function(text)`: what the index on the function's grams answers."""
    sides = (Func(F(column), function=function), Func(Value(text), function=function))
    return Func(*sides, template="(%(expressions)s)", arg_joiner=" @> ", output_field=BooleanField())


def _spelt(spelling: str, whole: bool) -> Q:
    """A long one by its long grams, and the rest is looked up: by its trigrams too it would be found in three times the time."""
    if len(spelling) >= LONG:
        return Q(_holds("long_grams", "pinyin", spelling)) & Q(GreaterThan(StrIndex("pinyin", Value(spelling)), 0))
    return Q(pinyin__contains=spelling) if whole else Q(pinyin__startswith=spelling)


def _names(words: list[str]) -> Q:
    """Every word is in the name: Chinese ones as written, others in the spelling of pinyin."""
    condition = Q()
    for word in words:
        if CHINESE.match(word):
            # pg_trgm needs three characters, Chinese names have two
            condition &= Q(_holds("grams", "name", word)) & Q(name__icontains=word)
        elif spelling := typed(word):
            whole = len(words) > 1 or len(spelling) >= TRIGRAM
            condition &= _spelt(spelling, whole)
    return condition


def conditions(text: str) -> list[Q]:
    """One condition for each way in which the text can be meant; empty for a text without a letter or digit."""
    words = WORDS.findall(text)
    found = [condition] if (condition := _names(words)) else []
    letters = typed(text)
    if not CHINESE.search(text) and letters.isalpha() and _may_be_initials(words, letters):
        found.append(Q(initials__startswith=letters))
    if len(words) == 1 and any(letter.isdigit() for letter in text):
        found.append(Q(number__startswith=words[0]))
    if hashed := exact_contact(text):
        contacts = apps.get_model("customers", "Contact").objects
        found += [Q(pk__in=contacts.filter(**{name: value}).values("pk")) for name, value in hashed.items()]
    if documents := exact_document(text):
        found.append(Q(pk__in=documents.values("customer")))
    return found


def exact_document(text: str) -> QuerySet | None:
    """Documents of customers themselves that stand and have this whole number; None for what can be no number."""
    if not DOCUMENT.match(text):
        return None
    documents = apps.get_model("customers", "Document").objects
    return documents.open().personal().filter(number_hash=keyed_hash(NOISE.sub("", text).upper()))


def _may_be_initials(words: list[str], letters: str) -> bool:
    one_word = len(words) == 1 and (len(letters) <= LONGEST_INITIALS or not VOWELS.search(letters))
    return one_word or all(len(word) == 1 for word in words)


def exact_contact(text: str) -> dict[str, bytes]:
    """Hashes by which the text may be a whole phone number or id document: `{"phone_hash": ...}`."""
    shapes = {"phone": PHONE, "national_id": DOCUMENT}
    found = {}
    for kind, shape in shapes.items():
        if not shape.match(text):
            continue
        try:
            hashed = hash_of(kind, text)
        except RuleBroken:
            continue
        if hashed:
            found[f"{kind}_hash"] = hashed
    return found


def keys(rows: QuerySet, text: str, cap: int) -> QuerySet | None:
    """The primary keys of at most `cap` matches for each meaning, as a subquery; None where nothing can match."""
    parts = [rows.order_by().filter(condition).values("pk")[:cap] for condition in conditions(text)]
    if not parts:
        return None
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
