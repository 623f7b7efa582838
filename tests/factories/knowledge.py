"""Articles as they come about: proposed by somebody, approved by somebody else."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from crm.identity.models import User
from service.models import Article
from tests.factories.identity import UserFactory


def content(**said: Any) -> dict[str, Any]:
    """Of an article for everybody that is to be looked at in half a year; `owner` may be a user."""
    review_on = timezone.localdate() + timedelta(days=180)
    found = {
        "code": "cash-abroad", "topic": "cards", "owner": "", "teams": [], "review_on": review_on.isoformat(), "keywords": "ATM",
        "title_en": "Cash from machines abroad", "title_zh": "境外自动取款机取现", "body_en": "Unlock the **magnetic strip** first.",
        "body_zh": "请先开通境外**磁条**交易。",
    } | said  # fmt: skip
    return found | {"owner": getattr(found["owner"], "username", found["owner"])}


def proposed(by: User, **said: Any) -> Proposal:
    text = content(**{"owner": by} | said)
    return propose(kind="article", content=text, title=text["title_en"], reason="Often asked", by=by)


def published(by: User | None = None, checker: User | None = None, **said: Any) -> Article:
    """A new article, or the next version of the one with its code."""
    proposal = proposed(by or UserFactory(agent=True), **said)
    checker = checker or UserFactory(approver=True)
    return approve(proposal=proposal, content_hash=proposal.content_hash, by=checker).article
