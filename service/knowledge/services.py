"""Verbs on articles that need no second pair of eyes; what an article says changes by proposal alone (proposals.py)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.services.versions import STALE
from service.knowledge.content import check_review
from service.models import Article, ArticleLink, ArticleRating, ArticleVersion, ArticleView, Ticket
from service.tickets.writing import for_change, refuse_closed

KEEPERS = (User.Role.HEAD, User.Role.ADMIN)
LONGEST_REASON = 300


@transaction.atomic
def confirm(*, article: Article, review_on: date, by: User, at: datetime, version: int | None = None) -> Article:
    """Looked at again and found right as it is, until another day."""
    found = _for_keeping(article, by, version)
    check_review(review_on)
    found.review_on, found.told_on = review_on, None
    _keep(found, "review_on", "told_on")
    audit.record("article.confirmed", found, by=by, code=found.code, review_on=review_on.isoformat())
    return found


@transaction.atomic
def withdraw(*, article: Article, reason: str, by: User, at: datetime, version: int | None = None) -> Article:
    """At once, for what is wrong must not be answered by; a new version brings it back."""
    found = _for_keeping(article, by, version)
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        raise RuleBroken(
            _("A reason of at most %(count)s characters belongs here.") % {"count": LONGEST_REASON}, field="reason"
        )
    found.withdrawn_on = timezone.localdate(at)
    _keep(found, "withdrawn_on")
    audit.record("article.withdrawn", found, by=by, code=found.code, reason=reason.strip())
    return found


@transaction.atomic
def rate(*, article: Article, is_helpful: bool, by: User, at: datetime, words: str = "") -> ArticleRating:
    """Of its newest version: once."""
    version, words = newest(article), words.strip()
    if len(words) > LONGEST_REASON:
        raise RuleBroken(_("At most %(count)s characters belong here.") % {"count": LONGEST_REASON}, field="words")
    rating, is_new = ArticleRating.objects.get_or_create(
        version=version, by=by, defaults={"is_helpful": is_helpful, "words": words, "at": at}
    )
    if not is_new:
        raise RuleBroken(_("You said already whether this version helped."), code="rated")
    audit.record("article.rated", article, by=by, code=article.code, version=version.number, is_helpful=is_helpful)
    return rating


@transaction.atomic
def link_article(*, article: Article, ticket: Ticket, by: User, at: datetime) -> ArticleLink:
    """The ticket is answered by the newest version; again is nothing new."""
    refuse_closed(for_change(ticket, None))
    if article.withdrawn_on:
        raise RuleBroken(_("This article is withdrawn."), field="article", code="withdrawn")
    version = newest(article)
    link, is_new = ArticleLink.objects.get_or_create(version=version, ticket=ticket, defaults={"by": by, "at": at})
    if is_new:
        told: dict[str, Any] = {"customer_id": ticket.customer_id, "number": ticket.number, "article": article.code}
        audit.record("ticket.article_linked", ticket, by=by, version=version.number, **told)
    return link


def view(*, version: ArticleVersion, by: User, at: datetime) -> None:
    """Once a day; not audited, for an article tells of no customer."""
    ArticleView.objects.bulk_create(
        [ArticleView(version=version, user=by, on=timezone.localdate(at))], ignore_conflicts=True
    )


def newest(article: Article) -> ArticleVersion:
    return article.versions.get(number=article.number)


def may_keep(article: Article, user: User) -> bool:
    return user.pk == article.owner_id or user.role in KEEPERS


def _for_keeping(article: Article, by: User, version: int | None) -> Article:
    found = Article.objects.select_for_update(of=("self",), no_key=True).get(pk=article.pk)
    if not may_keep(found, by):
        raise RuleBroken(_("Only its owner, a head or an admin does this."), code="role")
    if found.withdrawn_on:
        raise RuleBroken(_("This article is withdrawn."), code="withdrawn")
    if version is not None and found.version != version:
        raise RuleBroken(_("Somebody changed this article in the meantime."), code=STALE)
    return found


def _keep(article: Article, *fields: str) -> None:
    article.version += 1
    article.save(update_fields=["version", *fields])
