"""What customers of the demo bank made of their service standards: benefits used, one undone, a card lost, two exceptions."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from crm.approvals.services import approve, propose
from crm.identity.models import User
from customers.models import Customer
from segmentation.models import Benefit, GoldCard
from segmentation.standards.cards import report_lost
from segmentation.standards.entitlements import entitlements_of_many
from segmentation.standards.uses import record_use, undo_use

GUESTS, VISITS, DAYS = 60, 70, 100
PLACES = ("虹桥机场T2", "浦东机场T1", "首都机场T3", "宝安机场")
NOTES = ("", "", "携一位家人", "提前一天预约", "航班延误，补登")


def use_benefits(last: date) -> int:
    """Holders of a gold card used what they may, over the last hundred days; one use was a mistake and undone."""
    tellers = list(User.objects.filter(role=User.Role.TELLER).order_by("pk"))
    rng = Random(f"benefits/{last}")
    guests = _guests(rng, last)
    told = 0
    for _visit in range(VISITS if guests else 0):
        day = last - timedelta(days=rng.randrange(DAYS))
        guest, by = rng.choice(guests), rng.choice(tellers)
        found = entitlements_of_many([guest.pk], day)[guest.pk].effective
        limited = [each for each in found if each.best and each.best.left]
        if not limited:
            continue
        benefit = rng.choice(limited).benefit
        channel = benefit.channel or "branch"
        place = rng.choice(PLACES) if benefit.code == "lounge" else (by.branch.name if by.branch else "")
        record_use(
            customer=guest,
            benefit=benefit,
            used_on=day,
            channel=channel,
            place=place,
            note=rng.choice(NOTES),
            by=by,
            as_of=_noon(day),
        )
        told += 1
    return told + _mistake(guests, last, tellers)


def _guests(rng: Random, last: date) -> list[Customer]:
    """The best known one comes first among those who were drawn."""
    cards = GoldCard.objects.holding(last).filter(state=GoldCard.State.VALID).order_by("customer")
    people = list(cards.values_list("customer", flat=True))
    drawn = people if len(people) <= GUESTS else rng.sample(people, GUESTS)
    return list(Customer.objects.filter(pk__in=drawn).order_by("pk"))


def _mistake(guests: list[Customer], last: date, tellers: list[User]) -> int:
    for guest in guests:
        for each in entitlements_of_many([guest.pk], last)[guest.pk].effective:
            if each.best and each.best.left and not each.benefit.channel:
                use = record_use(
                    customer=guest,
                    benefit=each.benefit,
                    used_on=last,
                    channel="branch",
                    by=tellers[0],
                    as_of=_noon(last),
                )
                undo_use(use=use, reason="登记错客户", by=tellers[0], as_of=_noon(last))
                return 1
    return 0


def lose_a_card(last: date) -> int:
    """A private customer called at night: the card is gone."""
    agent = User.objects.get(username="agent")
    card = GoldCard.objects.open().filter(state=GoldCard.State.VALID, since__lt=last, customer__name="刘洋").first()
    if card is None:
        return 0
    report_lost(customer=card.customer, on=last, note="来电称在高铁上遗失", by=agent)
    return 1


def make_exceptions(last: date) -> int:
    """A manager asked for two exceptions: one was granted, one waits for the approver."""
    people = User.objects.in_bulk(["manager", "approver"], field_name="username")
    benefit = Benefit.objects.filter(code="lounge").first()
    names = ("张伟", "孙浩")
    customers = Customer.objects.visible_to(people["manager"]).filter(name__in=names).order_by("number")
    if benefit is None:
        return 0
    today = timezone.localdate()
    for place, customer in enumerate(customers[:2]):
        proposal = propose(
            kind="entitlement_override",
            content={
                "customer": customer.number,
                "benefit": benefit.code,
                "kind": "grant",
                "quota": 2 + 2 * place,
                "per": "quarter",
                "since": str(today),
                "until": str(today + timedelta(days=180)),
            },
            title=f"{benefit.name}：{customer.number}",
            reason="大额存单到期续存，承诺半年内给予" if place == 0 else "近期出差频繁，维护关系",
            by=people["manager"],
        )
        if place == 0:
            approve(proposal=proposal, content_hash=proposal.content_hash, by=people["approver"])
    return min(2, len(customers))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_current_timezone())
