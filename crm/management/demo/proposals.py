"""What waits for the approver on the first morning, and what was refused the day before."""

from datetime import datetime, timedelta
from typing import Any

from crm.approvals.services import propose, refuse
from crm.identity.models import User
from crm.management.demo.advice import advise
from crm.management.demo.bank import Bank
from crm.management.demo.cadence import PLAN
from crm.management.demo.plans import draw_up_plans
from crm.management.demo.prospects import note_prospects
from crm.management.demo.requests import request_resources
from crm.management.demo.span import Span
from crm.management.demo.staff import certify
from crm.management.demo.targets import set_targets


def make_proposals(*, bank: Bank, span: Span, at: datetime) -> int:
    asked = _prepare(bank=bank, span=span, at=at)
    admin, approver = bank.staff["admin"], bank.staff["approver"]
    teller = bank.staff["teller"]
    branch = teller.branch.code if teller.branch else ""
    before = at - timedelta(hours=15)
    head = propose(
        kind="role",
        content={"username": teller.username, "name": "", "role": "head", "branch": branch},
        title=f"{teller.name}：网点负责人",
        reason="原网点负责人休产假",
        by=admin,
        at=before - timedelta(hours=3),
    )
    refuse(proposal=head, reason="休假期间请指定代管，不变更角色", by=approver, at=before)
    propose(
        kind="role",
        content={"username": "zhoumin", "name": "周敏", "role": "teller", "branch": branch},
        title="新员工周敏：柜员",
        reason="本月入职，培训考核已通过",
        by=admin,
        at=before,
    )
    propose(
        kind="login_reset",
        content={"username": bank.staff["manager3"].username},
        title=f"{bank.staff['manager3'].name}：重置登录",
        reason="本人到柜面申请，已核对身份",
        by=admin,
        at=at,
    )
    _propose_closer(admin, before)
    return asked + 4


def _prepare(**whom: Any) -> int:
    """What managers are able to do, ask for, are to reach, and plan."""
    done = certify(**whom) + request_resources(**whom) + set_targets(**whom)
    return done + note_prospects(at=whom["at"]) + advise(**whom) + draw_up_plans(**whom)


def _propose_closer(admin: User, before: datetime) -> None:
    closer = [line | {"every": 45} if line["tier"] == "platinum" else line for line in PLAN["lines"]]
    propose(
        kind="contact_plan",
        content=PLAN | {"lines": closer},
        title="白金客户维护频次：45 天",
        reason="白金客户流失多发生在两次联系之间",
        by=admin,
        at=before,
    )
