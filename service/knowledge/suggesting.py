"""Articles that may answer a ticket: found by its subject, while it is typed and on its page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from crm.base.pages import Page
from customers.querysets.search import CHINESE
from service.knowledge.rendering import rendered
from service.knowledge.words import terms_of
from service.models import Article, Ticket

MOST, LONGEST = 5, 200


@dataclass(frozen=True)
class Suggested:
    """`words` is what a reply says, in the language of the customer's words; `text` the same, drawn."""

    article: Article
    title: str
    words: str
    text: SafeString


def suggested(*, user: Any, subject: str, on: date, without: set[int] = frozenset()) -> list[Suggested]:  # type: ignore[assignment]  # never written
    """Only those by which one may answer, the most alike first; none for a subject that tells nothing."""
    rows = Article.objects.visible_to(user).current(on).exclude(pk__in=without)
    return _said(rows.alike(terms_of(subject[:LONGEST]))[:MOST], subject)


def linked(ticket: Ticket, user: Any) -> list[Suggested]:
    """By which the ticket was answered, of those that the user may read."""
    seen = Article.objects.visible_to(user).filter(versions__links__ticket=ticket).distinct()
    return _said(seen.order_by("pk"), ticket.subject)


def answer_of(request: HttpRequest, ticket: Ticket) -> dict[str, str]:
    """What a reply begins with: the article that `?article=` names."""
    key = request.GET.get("article", "")
    rows = Article.objects.visible_to(request.user).standing().filter(pk=number_of(key))
    return {"body": found[0].words} if (found := _said(rows, ticket.subject)) else {}


def number_of(key: str) -> int:
    """0, which no row has, for what is no key."""
    return int(key) if key.isascii() and key.isdigit() and len(key) < 18 else 0


def _said(rows: Any, subject: str) -> list[Suggested]:
    language = "zh" if CHINESE.search(subject) else "en"
    found = [(article, article.said[f"body_{language}"]) for article in rows.with_content()]
    return [Suggested(each, getattr(each, f"title_{language}"), words, rendered(words)) for each, words in found]


class Suggestions(Page):
    """A fragment, asked while a subject is typed."""

    permission = "articles:read"
    template_name = "service/knowledge/_suggestions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        subject, today = self.request.GET.get("subject", ""), timezone.localdate()
        return {"found": suggested(user=self.request.user, subject=subject, on=today)}


def of_ticket(request: HttpRequest, ticket: Ticket) -> dict[str, Any]:
    """On the page of a ticket."""
    user: Any = request.user
    own = linked(ticket, user)
    may_link = ticket.is_open and user.may("tickets:write")
    found = suggested(
        user=user, subject=ticket.subject, on=timezone.localdate(), without={each.article.pk for each in own}
    )
    return {"ticket": ticket, "linked": own, "found": found if may_link else [], "may_link": may_link}
