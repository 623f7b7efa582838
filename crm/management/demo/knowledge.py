"""What the demo bank answers by: articles in force, one that is due for review, one that waits for the approver; read and rated."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from crm.approvals.services import approve, propose
from crm.identity.models import User
from crm.management.demo.bank import Bank
from service.knowledge.services import link_article, newest, rate, view
from service.models import Article, Ticket
from service.models.knowledge import ARTICLE

FILE = Path(__file__).with_name("articles.json")
DAY = timedelta(days=1)
READERS = ("agent", "teller", "manager", "manager2", "head")
# which article helped whom, and what was missing
RATED = (
    ("cash-abroad", "teller", True, ""),
    ("cash-abroad", "manager", True, ""),
    ("cash-abroad", "manager2", False, "没有写日本的取款机"),
    ("card-lost", "agent", True, ""),
    ("transfer-limit", "teller", True, ""),
    ("redemption-days", "agent", False, "节假日前怎么算？"),
)
CHANGED = (
    "\n\nIn Japan: machines of the post office and of convenience stores.",
    "\n\n在日本：邮局和便利店的取款机可用。",
)


def write_articles(*, bank: Bank, at: datetime) -> int:
    """After the tickets, of which some are answered by them."""
    written = json.loads(FILE.read_text(encoding="utf-8"))
    for row in written:
        _publish(row, bank, at - 60 * DAY)
    articles = {article.code: article for article in Article.objects.all()}
    for place, article in enumerate(articles.values()):
        for before in range(40):
            reader = bank.staff[READERS[(before + place) % len(READERS)]]
            if (before * 7 + place * 3) % (place + 2) == 0:
                view(version=newest(article), by=reader, at=at - before * DAY)
    for code, name, is_helpful, words in RATED:
        rate(article=articles[code], is_helpful=is_helpful, words=words, by=bank.staff[name], at=at - 5 * DAY)
    for code, subject in (("cash-abroad", "境外取现失败"), ("certificate-matures", "大额存单到期转存规则")):
        for ticket in Ticket.objects.filter(subject=subject).exclude(status="closed"):
            link_article(article=articles[code], ticket=ticket, by=bank.staff["agent"], at=at)
    _propose_change(written[0], bank.staff["agent"], at)
    return len(articles)


def _content(row: dict[str, Any]) -> dict[str, Any]:
    said = {name: value for name, value in row.items() if name != "days"}
    review_on = timezone.localdate() + row["days"] * DAY
    return {"teams": []} | said | {"review_on": review_on.isoformat()}


def _publish(row: dict[str, Any], bank: Bank, at: datetime) -> None:
    writer: User = bank.staff[row["owner"]]
    said = {"title": row["title_zh"], "reason": "常见问题统一口径"}
    proposal = propose(kind=ARTICLE, content=_content(row), by=writer, at=at - DAY, **said)
    approve(proposal=proposal, content_hash=proposal.content_hash, by=bank.staff["approver"], at=at)


def _propose_change(row: dict[str, Any], writer: User, at: datetime) -> None:
    english, chinese = CHANGED
    content = _content(row) | {"body_en": row["body_en"] + english, "body_zh": row["body_zh"] + chinese}
    propose(kind=ARTICLE, content=content, title=row["title_zh"], reason="客户反馈缺少日本的说明", by=writer, at=at)
