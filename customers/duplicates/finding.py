"""Which records may be one customer: in the existing book, and while a new one is typed.

Records are compared only within blocks that share the number of an id document (on file, or among the contact data), phone,
e-mail, or a name that sounds the same with the same birth date (companies: the name alone); a block of more than `MOST` tells
nothing. What two records share scores, what differs counts against them; the weights stand in `sql/pairs.sql`. Of documents on
file those count that stand and are the customer's own, of the same `PAPERS`: who represents two companies is no duplicate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from crm.audit import services as audit
from crm.base.crypto import keyed_hash
from crm.base.sql import rows_of, run_sql, run_text, text_of
from crm.identity.models import User
from customers.contacts import KINDS, hash_of_typed
from customers.documents.numbers import spelt
from customers.models import Contact, Customer, Document, Sign
from customers.names import keys_of
from customers.services.known import told_of

SQL = Path(__file__).with_name("sql")
# what is paired is joined twice with what is known, and nobody can tell beforehand how few pairs there are
PLAN = "SET LOCAL enable_nestloop = off; SET LOCAL jit = off"
MOST, LEAST = 20, 50
# while one types, a name alone is worth a look, and so is a phone number that a family shares
TYPED_LEAST, TYPED_MOST, SHOWN = 10, 1_000, 5
NOBODY: dict[str, Any] = dict.fromkeys(
    ("among", "kind", "name", "sort_key", "birth_date", "sex", "document", "phone", "email", "address", "papers")
)
Type = Document.Type
# what sharing the number of a type says: of types that bear the same number, or never one of another's, the same
PAPERS: Mapping[str, Sign] = {
    Type.RESIDENT_ID: Sign.ID_CARD, Type.HOUSEHOLD_REGISTER: Sign.ID_CARD,
    Type.PASSPORT: Sign.PASSPORT, Type.FOREIGN_PASSPORT: Sign.PASSPORT,
    Type.HK_MACAU_PERMIT: Sign.PERMIT, Type.TAIWAN_PERMIT: Sign.PERMIT, Type.RESIDENCE_PERMIT: Sign.PERMIT,
    Type.FOREIGN_RESIDENT: Sign.PERMIT,
    Type.CREDIT_CODE: Sign.LICENCE, Type.LICENCE: Sign.LICENCE, Type.FINANCIAL_LICENCE: Sign.LICENCE,
}  # fmt: skip
MEANT = {"types": [str(type_) for type_ in PAPERS], "meant": [str(sign) for sign in PAPERS.values()]}


@transaction.atomic
def find_duplicates(*, at: datetime, by: User | str = "clock") -> int:
    """Look through the whole book; how many pairs are new or look otherwise. One pass over customers, whatever their number."""
    run_text(PLAN)
    run_text(
        f"CREATE TEMP TABLE found_pair ON COMMIT DROP AS {text_of(SQL / 'pairs.sql')}",
        most=MOST,
        least=LEAST,
        **MEANT,
        **NOBODY,
    )
    written = run_sql(SQL / "pairs_kept.sql", at=at, papers=sorted(set(MEANT["meant"])))
    run_text("DROP TABLE found_pair")
    if written:
        audit.record("duplicates.found", "customers.duplicate", by=by, pairs=written)
    return written


@dataclass(frozen=True)
class Likely:
    """Records in reach that may be the one that is typed, the likeliest first; `hidden` counts those out of reach that have
    the document, phone or e-mail."""

    customers: list[tuple[Customer, list[str]]]
    hidden: int


def likely(
    *,
    user: User,
    name: str,
    kind: str,
    birth_date: date | None,
    sex: str,
    contact: Mapping[str, str],
    at: datetime,
    document_type: str = "",
) -> Likely:
    """Who may be the customer that is being typed; values that are no phone number and so on are left out. The id number is
    that of a document of the type, where that is known."""
    hashed = {kind_: hash_of_typed(kind_, contact.get(kind_, "")) for kind_ in KINDS}
    sort_key = keys_of(name).sort_key
    paper = PAPERS.get(document_type) if hashed["national_id"] else None
    number = keyed_hash(spelt(contact["national_id"])) if paper else b""
    sharing = _sharing(hashed) | _on_file(paper, number)
    among = sorted(sharing | _namesakes(sort_key, birth_date))
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
        "papers": [f"{paper} {number.hex()}"] if paper else None,
    }
    rows = rows_of(SQL / "pairs.sql", most=len(among) + 1, least=TYPED_LEAST, **MEANT, **typed)
    rows.sort(key=lambda row: (-row["score"], row["second"]))
    reach = Customer.objects.visible_to(user).select_related("branch")
    seen = reach.in_bulk({row["second"] for row in rows} | sharing)
    found = [(seen[row["second"]], _words(row["signs"])) for row in rows if row["second"] in seen]
    return Likely(found[:SHOWN], told_of(sharing - set(seen), by=user, at=at))


def _namesakes(sort_key: str, birth_date: date | None) -> set[int]:
    """Those born on the day first: of a common name there are more than anybody looks at."""
    if not sort_key:
        return set()
    rows = Customer.objects.unmerged().filter(sort_key=sort_key).order_by().values_list("pk", flat=True)
    born = set(rows.filter(birth_date=birth_date)[:TYPED_MOST]) if birth_date else set()
    return born | set(rows[:TYPED_MOST])


def _sharing(hashed: Mapping[str, bytes | None]) -> set[int]:
    """Who has the document, phone or e-mail; each asked of its index."""
    asked = Q()
    for kind in ("national_id", "phone", "email"):
        if hashed[kind]:
            asked |= Q(**{f"{kind}_hash": hashed[kind]})
    rows = Contact.objects.filter(asked, customer__merged_into=None) if asked else Contact.objects.none()
    return set(rows.values_list("pk", flat=True)[:TYPED_MOST])


def _on_file(paper: Sign | None, number: bytes) -> set[int]:
    """Who has a document on file that stands, of a type that means the same, with the number."""
    types = [type_ for type_, sign in PAPERS.items() if sign == paper]
    rows = Document.objects.open().filter(number_hash=number, type__in=types, customer__merged_into=None)
    return set(rows.values_list("customer_id", flat=True)[:TYPED_MOST]) if paper else set()


def _words(signs: list[str]) -> list[str]:
    return [str(Sign(name).label) for name in signs]
