"""Documents of the customers: cards of persons, codes, licences, representatives and owners of companies; some end soon."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from crm.base.crypto import keyed_hash
from crm.management.demo.bank import BY, Bank
from crm.management.demo.people import AREAS, CITIES, Party, national_id
from crm.management.demo.span import Span
from customers.documents.numbers import credit_check
from customers.documents.services import add_images
from customers.models import Customer, Document

Type = Document.Type
PICTURED = 4  # so many of those who have a name in the story have pictures
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", ("建国", "志强", "丽华", "晓东", "文静", "海燕", "国栋", "雪梅")


def record_papers(*, parties: list[Party], bank: Bank, span: Span, seed: int) -> int:
    """All in one statement: a service call for each of some thousand old papers is not what it is for."""
    ids = dict(Customer.objects.values_list("number", "pk"))
    found = []
    for party in parties:
        rng = Random(f"{seed}/{party.number}/papers")
        papers = _card(party, rng, span) if party.kind == "person" else _company(party, rng, span)
        by = bank.manager_of(party.branch) if party.has_manager else None
        for paper in papers:
            paper.customer_id, paper.by = ids[party.number], by
            paper.number_hash = keyed_hash(paper.number)
            found.append(paper)
    Document.objects.bulk_create(found, batch_size=2_000)
    _scan(span)
    return len(found)


def _card(party: Party, rng: Random, span: Span) -> Iterator[Document]:
    """One of a hundred has let it end, one of thirty will soon; from 46 years on a card has no end."""
    number = party.contact.get("national_id", "")
    if not number or party.story.status == "prospect" or (rng.random() > 0.94 and not party.named):
        return
    until = _last_day(party, rng, span)
    since = until - timedelta(days=3_652) if until else span.last - timedelta(days=rng.randint(400, 3_000))
    yield Document(type=Type.RESIDENT_ID, number=number, issuer=f"{CITIES[party.branch[:2]]}市公安局", valid_from=since,
                   valid_until=until, recorded_at=_moment(max(since, span.first), rng))  # fmt: skip


def _last_day(party: Party, rng: Random, span: Span) -> date | None:
    draw = rng.random()
    if party.named and party.place == 1:
        return span.last + timedelta(days=25)
    if draw < 0.01 and not party.named:
        return span.last - timedelta(days=rng.randint(1, 60))
    if draw < 0.045 and not party.named:
        return span.last + timedelta(days=rng.randint(3, 85))
    born = party.birth_date or span.last
    return None if span.last.year - born.year >= 46 else span.last + timedelta(days=rng.randint(200, 3_000))


def _company(party: Party, rng: Random, span: Span) -> Iterator[Document]:
    first = f"91{AREAS[party.branch[:2]]}MA{party.place:07}"
    code, until = (
        first + credit_check(first),
        span.last + timedelta(days=rng.choice((-20, 40, *range(300, 4_000, 300)))),
    )
    at = _moment(span.first, rng)
    asked: dict[str, Any] = {"issuer": f"{CITIES[party.branch[:2]]}市市场监督管理局", "recorded_at": at}
    yield Document(type=Type.CREDIT_CODE, number=code, **asked)
    yield Document(type=Type.LICENCE, number=code, valid_from=span.first, valid_until=until if until > span.first else None, **asked)  # fmt: skip
    shares = (Decimal("0.6"), Decimal("0.3"))
    for place, share in enumerate((None, *shares)):
        born, sex = (
            date(1962 + rng.randint(0, 30), rng.randint(1, 12), rng.randint(1, 28)),
            rng.choice(("female", "male")),
        )
        yield Document(
            type=Type.BENEFICIAL_OWNER if share else Type.LEGAL_REPRESENTATIVE,
            number=national_id(AREAS[party.branch[:2]], born, sex, party.place * 3 + place),
            holder=rng.choice(SURNAMES) + rng.choice(GIVEN),
            identified_by=Type.RESIDENT_ID,
            share=share,
            recorded_at=at,
        )


def _scan(span: Span) -> None:
    """Both sides of the first cards, as anybody sees at once no real ones."""
    cards = Document.objects.filter(type=Type.RESIDENT_ID).select_related("customer").order_by("customer__number")
    for card in cards[:PICTURED]:
        add_images(
            document=card, images=[("front", _drawn("FRONT")), ("back", _drawn("BACK"))], by=BY, at=card.recorded_at
        )


def _drawn(side: str) -> bytes:
    picture, file = Image.new("RGB", (856, 540), "#dfe7ee"), BytesIO()
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 20, 836, 520), outline="#5b7f95", width=4)
    pen.text((60, 60), f"SPECIMEN  {side}", fill="#24435a")
    picture.save(file, "PNG")
    return file.getvalue()


def _moment(day: date, rng: Random) -> datetime:
    return datetime.combine(day, time(rng.randint(9, 16), rng.randint(0, 59)), timezone.get_current_timezone())
