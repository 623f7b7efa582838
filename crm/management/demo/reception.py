"""Rooms of two branches, and who is booked there today and in the next days."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from crm.base.errors import RuleBroken
from crm.identity.models import Branch, User
from customers.models import Customer
from service.models import Booking, Room
from service.reception.services import arrive, book, cancel, keep_room

ROOMS = (("SH01", "翡翠厅 Jade"), ("SH01", "松风厅 Pine"), ("SH02", "江景厅 River"))
# days ahead, hour, minutes, manager, room, about
BOOKED = (
    (0, 10, 45, "manager", "翡翠厅 Jade", "年度资产检视"),
    (0, 14, 60, "manager", "松风厅 Pine", "大额存单到期安排"),
    (0, 15, 30, "manager8", "翡翠厅 Jade", "家庭信托咨询"),
    (0, 16, 45, "manager2", "江景厅 River", "跨境汇款"),
    (1, 10, 60, "manager", "翡翠厅 Jade", "保险方案讲解"),
    (2, 11, 30, "manager2", "江景厅 River", "理财到期"),
)
CANCELLED, ILL = 5, "客户临时出差"


def receive(last: date) -> int:
    """How many bookings; they were made yesterday evening, and the first one of today is here."""
    people = User.objects.in_bulk(["teller", "head", "manager", "manager2", "manager8"], field_name="username")
    rooms = {
        name: keep_room(branch=Branch.objects.get(code=code), name=name, is_used=True, by=people["head"])
        for code, name in ROOMS
    }
    made = [booking for place, one in enumerate(BOOKED) if (booking := _booked(place, one, people, rooms))]
    if made:
        arrive(booking=made[0], by=people["teller"], at=made[0].starts_at)
    for booking in made[CANCELLED:]:
        cancel(booking=booking, reason=ILL, by=people["teller"], at=_evening())
    return len(made)


def _evening() -> datetime:
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    return today - timedelta(hours=5)


def _booked(
    place: int, one: tuple[int, int, int, str, str, str], people: dict[str, User], rooms: dict[str, Room]
) -> Booking | None:
    """None where the manager is away, meets somebody else, or has nobody."""
    days, hour, minutes, username, room, subject = one
    manager = people[username]
    own = Customer.objects.active().unmerged().filter(manager=manager, kind="person").order_by("number")
    starts_at = _evening() + timedelta(days=days, hours=5 + hour)
    if place >= own.count():
        return None
    try:
        return book(
            customer=own[place], manager=manager, room=rooms[room], starts_at=starts_at, minutes=minutes, subject=subject,
            by=people["teller"], at=_evening(),
        )  # fmt: skip
    except RuleBroken:
        return None
