"""The files that the bank's core system would send: one per kind of import, in the columns that imports know."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from crm.management.demo.bank import Bank
from crm.management.demo.habits import place_of
from crm.management.demo.ledger import AccountBook, text_of
from crm.management.demo.people import Party
from crm.management.demo.span import Span

COLUMNS = {
    "customers": "number kind name sex birth_date region occupation education annual_income national_id phone email "
    "address branch manager language status",
    "accounts": "number product currency opened_on closed_on branch credit_limit",
    "holders": "account customer role share",
    "terms": "account matures_on rate at_end",
    "fx_rates": "date currency rate",
    "balances": "account date balance",
    "transactions": "id account date amount kind counterparty description channel country",
    "fees": "id account fee date amount",
}
# what is bound, and at which rate
BOUND = {"term": "0.0135", "company_term": "0.0125", "large_cd": "0.0165"}
RATES = {"USD": 7.12, "HKD": 0.915, "EUR": 8.21}
Row = Sequence[object]


def write_files(folder: Path, *, bank: Bank, parties: list[Party], span: Span, seed: int) -> Iterator[tuple[str, Path]]:
    """Kind and path, in the order in which they must come in."""
    books = [book for party in parties for book in party.accounts]
    rows: dict[str, Iterable[Row]] = {
        "customers": (_customer(party, bank) for party in parties),
        "accounts": (_account(book) for book in books),
        "holders": (
            (book.number, parties[place].number, role, share) for book in books for place, role, share in book.holders
        ),
        "terms": (_term(book, span) for book in books if book.product in BOUND and not book.closed_on),
        "fx_rates": _rates(span, seed),
        "balances": _balances(books, span),
        "transactions": _transactions(books),
        "fees": _fees(books),
    }
    for kind, lines in rows.items():
        path = folder / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS[kind].split())
            writer.writerows(lines)
        yield kind, path


def _customer(party: Party, bank: Bank) -> Row:
    manager = bank.manager_of(party.branch).username if party.has_manager else ""
    contact = [party.contact.get(kind, "") for kind in ("national_id", "phone", "email", "address")]
    income = party.income * 13 if party.income else ""
    return (party.number, party.kind, party.name, party.sex, party.birth_date or "", bank.regions[party.branch],
            party.occupation, party.education, income, *contact, party.branch, manager, "zh-hans",
            party.story.status)  # fmt: skip


def _account(book: AccountBook) -> Row:
    limit = "" if book.credit_limit is None else text_of(book.credit_limit)
    return book.number, book.product, book.currency, book.opened_on, book.closed_on or "", book.branch, limit


def _term(book: AccountBook, span: Span) -> Row:
    """Bound for a year at a time from its opening on; every third customer wants the money back."""
    opened = book.opened_on.replace(day=min(book.opened_on.day, 28))
    ends = (opened.replace(year=span.last.year + more) for more in (0, 1, 2))
    matures_on = next(end for end in ends if end > max(span.last, book.opened_on))
    return book.number, matures_on, BOUND[book.product], "paid_out" if int(book.number[-3:]) % 3 == 0 else "renewed"


def _balances(books: list[AccountBook], span: Span) -> Iterator[Row]:
    for book in books:
        for on, cents in book.balances(span.first):
            yield book.number, on, text_of(cents)


def _transactions(books: list[AccountBook]) -> Iterator[Row]:
    """In order of date, as a core system books them."""
    moves = sorted((move.on, book.number, place, move) for book in books for place, move in enumerate(book.moves))
    for order, (on, account, _place, move) in enumerate(moves, start=1):
        words = (move.kind, move.counterparty, move.description, *place_of(account, move))
        yield (f"T{order:08d}", account, on, text_of(move.cents), *words)


def _fees(books: list[AccountBook]) -> Iterator[Row]:
    charges = sorted((charge.on, book.number, charge.fee, charge.cents) for book in books for charge in book.charges)
    for order, (on, account, fee, cents) in enumerate(charges, start=1):
        yield f"F{order:07d}", account, fee, on, text_of(cents)


def _rates(span: Span, seed: int) -> Iterator[Row]:
    """A rate for each day and currency, from a week before the span."""
    day: date = span.first - timedelta(days=7)
    rng, rates = Random(f"{seed}/rates"), dict(RATES)
    while day <= span.last:
        for currency, middle in RATES.items():
            rates[currency] += (middle - rates[currency]) * 0.02 + middle * rng.uniform(-0.0025, 0.0025)
            yield day, currency, f"{rates[currency]:.4f}"
        day += timedelta(days=1)
