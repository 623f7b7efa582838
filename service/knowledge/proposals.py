"""An article as a proposal: whoever serves writes it, an approver publishes it; nobody approves their own."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.bases import base_of, number_before
from crm.approvals.kinds import Content, Details, Kind
from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.permissions import STAFF
from service.knowledge.content import check, day_of, owner_of, searched, teams_of
from service.knowledge.sides import sides_of
from service.knowledge.words import terms_of
from service.models import Article, ArticleVersion
from service.models.knowledge import ARTICLE

WRITERS = frozenset((*STAFF, User.Role.ADMIN))
CACHED = ("topic", "title_en", "title_zh")


def _standing(content: Content) -> Article | None:
    return Article.objects.filter(code=content["code"]).first()


def _base(content: Content, effective_from: Any) -> str:
    """What is withdrawn meanwhile is another base too: an old proposal does not bring it back."""
    article = _standing(content)
    withdrawn = article.withdrawn_on if article and article.withdrawn_on else ""
    return base_of(f"{ARTICLE}:{content['code']}:{withdrawn}", article)


def _in_reach(content: Content, by: User) -> None:
    code = content.get("code") if isinstance(content, dict) else None
    rows = Article.objects.filter(code=code) if isinstance(code, str) else Article.objects.none()
    if rows.exists() and not rows.visible_to(by).exists():
        raise RuleBroken(_("This code is taken."), field="code")


def built_on(proposal: Proposal) -> ArticleVersion | None:
    """The version that the writer had before the eyes."""
    versions = ArticleVersion.objects.filter(article__code=proposal.content["code"])
    return versions.filter(number=number_before(proposal)).first()


def _details(proposal: Proposal) -> Details:
    before = built_on(proposal)
    sides = sides_of(before.content if before else {}, proposal.content)
    return Details("service/knowledge/_sides.html", {"sides": sides, "before": before})


def _sentences(proposal: Proposal) -> tuple[str, str]:
    content, before = proposal.content, built_on(proposal)
    words = {"code": content["code"], "en": content["title_en"], "zh": content["title_zh"]}
    said = _("Article %(code)s, changed: %(en)s · %(zh)s") if before else _("New article %(code)s: %(en)s · %(zh)s")
    teams = ", ".join(content["teams"])
    return said % words, _("Read by %(teams)s.") % {"teams": teams} if teams else _("Read by everybody who serves.")


def _apply(proposal: Proposal, by: User) -> ArticleVersion:
    """The newest version: the article itself is its cache, written whole."""
    content = proposal.content
    at = proposal.decided_at or timezone.now()
    cached = {name: content[name] for name in CACHED} | {
        "words": searched(content),
        "terms": terms_of(" ".join(content[name] for name in ("title_en", "title_zh", "keywords"))),
        "owner": owner_of(content),
        "review_on": day_of(content["review_on"]),
        "told_on": None,
        "withdrawn_on": None,
    }
    again = cached | {"number": F("number") + 1, "version": F("version") + 1}
    article, _is_new = Article.objects.update_or_create(
        code=content["code"], defaults=again, create_defaults=cached | {"number": 1}
    )
    article.refresh_from_db(fields=["number", "version"])
    article.teams.set(teams_of(content))
    version = ArticleVersion.objects.create(
        article=article, number=article.number, effective_from=timezone.localdate(at), content=content,
        content_hash=proposal.content_hash, published_at=at, published_by=by, proposal=proposal,
    )  # fmt: skip
    audit.record("article.published", article, by=by, code=article.code, version=version.number)
    return version


KIND = Kind(
    ARTICLE, gettext_lazy("Article"), validate=check, apply=_apply, sentences=_sentences, base=_base, details=_details,
    may_propose=_in_reach, makers=WRITERS,
)  # fmt: skip
