"""Pages of articles: the list, one with its versions, and how much each is used."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Proposal
from crm.base.pages import Action, DetailPage, Empty, ListPage
from crm.base.pages.access import Crumb, Text
from service.knowledge import services
from service.knowledge.filters import ArticleListFilter
from service.knowledge.rendering import rendered
from service.knowledge.sides import sides_of
from service.knowledge.tables import ArticleTable, UseTable, state_of
from service.knowledge.using import DAYS, with_use
from service.knowledge.words import LANGUAGES, own_language
from service.models import Article, ArticleVersion
from service.models.knowledge import ARTICLE

ARTICLES = (_("Knowledge"), "articles")
NEW = Action(_("New article"), "article_add", icon="plus", permission="articles:write", key="n")
EMPTY = Empty(
    _("No article yet"),
    _("What customers often ask is answered here once, in both languages, and found while a ticket is typed."),
    NEW,
    icon="book-2",
)


class ArticleList(ListPage):
    """Those that stand, unless one asks for others."""

    permission = "articles:read"
    title = ARTICLES[0]
    queryset = Article.objects.select_related("owner")
    filterset_class = ArticleListFilter
    table_class: ClassVar[Any] = ArticleTable
    ordering_fields = {"code": "code", "review_on": "review_on"}
    ordering = "code"
    actions = [NEW, Action(_("Use"), "article_use", icon="chart-bar")]
    empty = EMPTY

    @cached_property
    def rows(self) -> QuerySet:
        return super().rows if self.request.GET.get("which") else super().rows.standing()


class UseList(ListPage):
    permission = "articles:read"
    title = _("Use of articles")
    parents = [ARTICLES]
    queryset = Article.objects.standing()
    filterset_class = ArticleListFilter
    table_class: ClassVar[Any] = UseTable
    ordering_fields = {"code": "code", "review_on": "review_on"}
    ordering = "code"
    template_name = "service/knowledge/use.html"
    empty = EMPTY

    def get_queryset(self) -> QuerySet:
        return with_use(super().get_queryset(), on=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"days": DAYS} | kwargs)


class _OfArticle(DetailPage):
    permission = "articles:read"
    queryset = Article.objects.select_related("owner")
    context_object_name = "article"
    object: Article

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(ARTICLES[0], reverse("articles"))]


class ArticlePage(_OfArticle):
    """Its newest version in the reader's language, the other one below. That it was read is kept."""

    template_name = "service/knowledge/article.html"

    def get_actions(self) -> list[Action]:
        if not self.may("articles:write"):
            return []
        found = [Action(_("Propose a change"), reverse("article_change", args=[self.object.pk]), icon="pencil")]
        if services.may_keep(self.object, self.request.user) and not self.object.withdrawn_on:
            address = reverse("article_confirm", args=[self.object.pk])
            found.append(Action(_("Still right"), address, icon="checks", dialog=True))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        article, user = self.object, self.request.user
        versions = list(article.versions.select_related("published_by", "proposal__maker"))
        newest = versions[0]
        services.view(version=newest, by=user, at=timezone.now())
        own, other = sorted(LANGUAGES, key=lambda each: each != own_language())
        found = {
            "state": state_of(article),
            "versions": versions,
            "text": rendered(newest.content[f"body_{own}"]),
            "other_title": newest.content[f"title_{other}"],
            "other_text": rendered(newest.content[f"body_{other}"]),
            "other_lang": "zh-hans" if other == "zh" else other,
            "teams": article.teams.all(),
            "rating": newest.ratings.filter(by=user).first(),
            "may_rate": self.may("articles:write"),
            "may_withdraw": services.may_keep(article, user) and not article.withdrawn_on,
            "waiting": _waiting(article, user),
        }
        return super().get_context_data(**found | kwargs)


class VersionPage(_OfArticle):
    """What a version changed, side by side with the one before it."""

    template_name = "service/knowledge/version.html"

    @cached_property
    def shown(self) -> ArticleVersion:
        return get_object_or_404(
            self.object.versions.select_related("published_by", "proposal__maker"), number=self.kwargs["number"]
        )

    def get_title(self) -> Text:
        return f"{self.object} · {self.shown}"

    def get_crumbs(self) -> list[Crumb]:
        return [*super().get_crumbs(), Crumb(str(self.object), reverse("article", args=[self.object.pk]))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = self.object.versions.filter(number=self.shown.number - 1).first()
        sides = sides_of(before.content if before else {}, self.shown.content)
        return super().get_context_data(**{"shown": self.shown, "details": {"sides": sides, "before": before}} | kwargs)


def _waiting(article: Article, user: Any) -> Proposal | None:
    """Of the proposals that the user may see."""
    asked = Proposal.objects.visible_to(user).open().filter(kind=ARTICLE, content__code=article.code)
    return asked.order_by("pk").first()
