"""Which records may be one customer: in the existing book, and while a new one is typed.

Records are compared only within blocks that share an id document, phone, e-mail, or a name that sounds the same with
the same birth date (companies: the name alone); a block of more than `MOST` tells nothing. What two records share
scores, what differs counts against them; the weights stand in `sql/pairs.sql`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.sql import rows_of, run_sql, run_text, text_of
from crm.identity.models import User
from customers.contacts import KINDS, hash_of
from customers.models import Contact, Customer, Sign
from customers.names import keys_of

SQL = Path(__file__).with_name("sql")
# what is paired is joined twice with what is known, and nobody can tell beforehand how few pairs there are
PLAN = "SET LOCAL enable_nestloop = off; SET LOCAL jit = off"
MOST, LEAST = 20, 50
# while one types, a name alone is worth a look, and so is a phone number that a family shares
TYPED_LEAST, TYPED_MOST, SHOWN = 10, 1_000, 5
NOBODY: dict[str, Any] = dict.fromkeys(
    ("among", "kind", "name", "sort_key", "birth_date", "sex", "document", "phone", "email", "address")
)


@transaction.atomic
def find_duplicates(*, at: datetime, by: User | str = "clock") -> int:
    """Look through the whole book; the number of pairs that are open. One pass over customers, whatever their number."""
    run_text(PLAN)
    run_text(
        f"CREATE TEMP TABLE found_pair ON COMMIT DROP AS {text_of(SQL / 'pairs.sql')}", most=MOST, least=LEAST, **NOBODY
    )
    written = run_sql(SQL / "pairs_kept.sql", at=at)
    run_text("DROP TABLE found_pair")
    if written:
        audit.record("duplicates.found", "customers.duplicate", by=by, pairs=written)
    return written


@dataclass(frozen=True)
class Likely:
    """Records in reach that may be the one that is typed, the likeliest first; `hidden` counts those out of reach."""

    customers: list[tuple[Customer, list[str]]]
    hidden: int


def likely(
    *, user: User, name: str, kind: str, birth_date: date | None, sex: str, contact: Mapping[str, str]
) -> Likely:
    """Who may be the customer that is being typed; values that are no phone number and so on are left out. Three queries."""
    hashed = {kind_: _hash(kind_, contact.get(kind_, "")) for kind_ in KINDS}
    sort_key = keys_of(name).sort_key
    among = _candidates(sort_key, hashed)
    if not among:
        return Likely([], 0)
    typed = {
        "among": among,
        "kind": kind,
        "name": name,
        "sort_key": sort_key,
        "birth_date": birth_date,
        "sex": sex,
        "document": hashed["national_id"],
        "phone": hashed["phone"],
        "email": hashed["email"],
        "address": hashed["address"],
    }
    rows = rows_of(SQL / "pairs.sql", most=TYPED_MOST, least=TYPED_LEAST, **typed)
    rows.sort(key=lambda row: (-row["score"], row["second"]))
    seen = Customer.objects.visible_to(user).select_related("branch").in_bulk([row["second"] for row in rows])
    found = [(seen[row["second"]], _words(row["signs"])) for row in rows if row["second"] in seen]
    return Likely(found[:SHOWN], sum(1 for row in rows if row["second"] not in seen and _is_likely(row["signs"])))


def _candidates(sort_key: str, hashed: Mapping[str, bytes | None]) -> list[int]:
    """Each asked of an index; at most as many as a block may have."""
    rows = Customer.objects.unmerged().order_by()
    found = set(rows.filter(sort_key=sort_key).values_list("pk", flat=True)[:TYPED_MOST]) if sort_key else set()
    asked = Q()
    for kind in ("national_id", "phone", "email"):
        if hashed[kind]:
            asked |= Q(**{f"{kind}_hash": hashed[kind]})
    if asked:
        found |= set(Contact.objects.filter(asked).values_list("pk", flat=True)[:TYPED_MOST])
    return sorted(found)


def _is_likely(signs: list[str]) -> bool:
    """Of records out of reach only those are told of that more than a common name speaks for."""
    return bool({Sign.DOCUMENT, Sign.PHONE, Sign.EMAIL, Sign.BIRTH_DATE} & set(signs))


def _words(signs: list[str]) -> list[str]:
    return [str(Sign(name).label) for name in signs]


def _hash(kind: str, text: str) -> bytes | None:
    try:
        return hash_of(kind, text)
    except RuleBroken:
        return None  # half typed
