"""What the managers of the demo bank are able to do, and what the bank asks of who looks after its best customers."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from crm.approvals.services import approve, propose
from crm.identity.models import User
from crm.management.demo.bank import Bank
from crm.management.demo.span import Span
from managers.models.staff_standards import KIND
from managers.staff.services import record_certificate, record_training, say_grade, say_skills

# of each manager: the grade then and now, the kinds of certificates with the days that are left of each, and skills
ABLE: dict[str, tuple[tuple[str, ...], dict[str, int | None], list[str]]] = {
    "manager": (("intermediate", "senior"), {"fund": None, "afp": 420, "cfp": 38}, ["deposit", "fund", "insurance"]),
    "manager2": (("senior",), {"fund": None, "afp": 500, "cpb": 700}, ["deposit", "fund", "mortgage"]),
    "manager3": (("junior",), {"fund": None}, ["deposit", "card"]),
    "manager4": (("senior", "principal"), {"fund": None, "cfp": 610, "credit": 55}, ["deposit", "loan", "fund"]),
    "manager5": (("intermediate",), {"fund": None, "afp": -20}, ["deposit", "insurance"]),
    "manager6": (("senior",), {"fund": None, "afp": 300, "cfp": 290}, ["deposit", "loan", "fund"]),
    "manager7": (("intermediate",), {"fund": None, "insurance": 120}, ["deposit", "insurance", "card"]),
}
ASKED = {
    "tiers": {
        "platinum": {"grade": "junior", "certificates": ["fund"]},
        "diamond": {"grade": "intermediate", "certificates": ["fund", "afp"]},
        "private": {"grade": "senior", "certificates": ["cfp"]},
    }
}
COURSES = (("理财产品适当性管理", "6.0"), ("反洗钱年度培训", "4.0"), ("高净值客户沟通技巧", "8.0"))


def certify(*, bank: Bank, span: Span, at: datetime) -> int:
    today = span.last + timedelta(days=1)
    heads = {user.branch_id: user for user in bank.staff.values() if user.role == User.Role.HEAD}
    for place, (username, (grades, certificates, skills)) in enumerate(ABLE.items()):
        manager = bank.staff[username]
        said: dict[str, Any] = {"manager": manager, "by": _head_of(manager, heads), "at": at}
        for step, grade in enumerate(grades):
            say_grade(grade=grade, since=span.first + timedelta(days=200 * step), **said)
        for kind, left in certificates.items():
            _certify(kind, left, today, f"{place + 1:02}", said)
        for step, (title, hours) in enumerate(COURSES[: 1 + place % len(COURSES)]):
            held_on = today - timedelta(days=30 + 45 * step + place)
            record_training(title=title, held_on=held_on, hours=Decimal(hours), **said)
        say_skills(manager=manager, skills=skills, by=said["by"])
    _ask(bank, at)
    return len(ABLE)


def _certify(kind: str, left: int | None, today: date, place: str, said: dict[str, Any]) -> None:
    until = None if left is None else today + timedelta(days=left)
    issued_on = today - timedelta(days=900) if until is None else until - timedelta(days=730)
    record_certificate(
        kind=kind, number=f"{kind.upper()}{issued_on.year}{place}318", issued_on=issued_on, valid_until=until, **said
    )


def _head_of(manager: User, heads: dict[int | None, User]) -> User:
    """Of the nearest branch above, else any."""
    branch = manager.branch.parent if manager.branch else None
    return heads.get(branch.pk if branch else None) or next(iter(heads.values()))


def _ask(bank: Bank, at: datetime) -> None:
    before = at - timedelta(days=1)
    title, reason = "客户经理任职要求", "高等级客户由有资质的客户经理服务"
    proposal = propose(kind=KIND, content=ASKED, title=title, reason=reason, by=bank.staff["admin"], at=before)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=bank.staff["approver"], at=at)
