"""Words of tickets, as conditions that an index answers each: Chinese by grams of one and two characters, Latin by trigrams."""

from typing import Any

from django.apps import apps
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from customers.contacts import hash_of_typed
from customers.querysets.search import CHINESE, WORDS
from service.tickets.numbers import typed


def keys(rows: QuerySet, text: str, cap: int) -> QuerySet:
    """The primary keys of at most `cap` matches by the subject, and as many by what was said and by who brought it."""
    if number := typed(text):
        return rows.order_by().filter(number=number).values("pk")
    messages = apps.get_model("service", "TicketMessage").objects.filter(has_words(text, "body"))
    by_subject = rows.order_by().filter(has_words(text, "subject")).values("pk")[:cap]
    said = rows.order_by().filter(pk__in=messages.order_by().values("ticket")[:cap]).values("pk")
    brought = [rows.order_by().filter(by).values("pk")[:cap] for by in [_brought_by(text)] if by]
    return by_subject.union(said, *brought, all=True)


def _brought_by(text: str) -> Q:
    """By callers who are no customers, exactly; nothing where the text is no contact data."""
    found = Q()
    for kind in ("phone", "email"):
        if value := hash_of_typed(kind, text):
            found |= Q(**{f"caller__{kind}_hash": value})
    return found


def has_words(text: str, column: str) -> Q:
    """All words of the text are in the column; nothing holds a text without any."""
    words = WORDS.findall(text)
    condition = Q() if words else Q(pk__in=[])
    for word in words:
        condition &= Q(**{f"{column}__icontains": word})
        if CHINESE.match(word):
            condition &= Q(_holds(column, word))
    return condition


def _holds(column: str, word: str) -> Any:
    sides = (Func(F(column), function="grams"), Func(Value(word), function="grams"))
    return Func(*sides, template="(%(expressions)s)", arg_joiner=" @> ", output_field=BooleanField())
