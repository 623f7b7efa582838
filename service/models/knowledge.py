"""Articles: what holds of each now, and every version that was approved, which never changes."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Func
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.identity.models import Team
from managers.models.approved import ApprovedVersion, four_eyed
from service.knowledge.querysets import ArticleQuerySet, OfArticleQuerySet
from service.knowledge.words import Topic, own_language
from service.models.tickets import Ticket

ARTICLE = "article"


def _person(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, db_index=False
    )


class Article(models.Model):
    """Titles, `words` and `terms` are the cache of the newest version, written whole when it is published; `number` is its number.

    `words` is what is searched, `terms` that by which it is suggested. `told_on` is when the owner was told that it is due for review.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    title_en = models.CharField(_("title in English"), max_length=160)
    title_zh = models.CharField(_("title in Chinese"), max_length=160)
    words = models.TextField(editable=False)
    terms = ArrayField(models.CharField(max_length=80), editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="articles",
        verbose_name=pgettext_lazy("an article", "owner"),
    )
    teams = models.ManyToManyField(Team, blank=True, related_name="articles", verbose_name=_("teams that may read"))
    review_on = models.DateField(_("review by"), db_index=True)
    told_on = models.DateField(null=True, blank=True, editable=False)
    withdrawn_on = models.DateField(pgettext_lazy("an article", "withdrawn"), null=True, blank=True)
    number = models.PositiveIntegerField(_("version"))
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["code"]
        indexes = [
            GinIndex(fields=["terms"], name="article_terms"),
            GinIndex(Func("words", function="grams"), name="article_grams"),
            GinIndex(OpClass(Upper("words"), "gin_trgm_ops"), name="article_latin"),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(getattr(self, f"title_{own_language()}"))


class ArticleVersion(ApprovedVersion):
    """Its content is that of knowledge/content.py."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions", verbose_name=_("article"))
    number = models.PositiveIntegerField(_("version"))

    objects = OfArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an article")
        verbose_name_plural = _("versions of articles")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="article_version_once")]
        triggers = four_eyed(ARTICLE)

    @property
    def title(self) -> str:
        return str(self.content[f"title_{own_language()}"])


def _once() -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]


class ArticleView(models.Model):
    """Somebody read it on a day, however often."""

    version = models.ForeignKey(ArticleVersion, models.PROTECT, related_name="views", db_index=False)
    user = _person(_("user"))
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("view of an article")
        verbose_name_plural = _("views of articles")
        constraints = [models.UniqueConstraint(fields=["version", "on", "user"], name="article_viewed_once_a_day")]
        triggers = _once()

    def __str__(self) -> str:
        return f"{self.version_id} {self.on}"


class ArticleLink(models.Model):
    """By this version a ticket was answered."""

    version = models.ForeignKey(ArticleVersion, models.PROTECT, related_name="links", verbose_name=_("version"))
    ticket = models.ForeignKey(
        Ticket, models.PROTECT, related_name="articles", verbose_name=_("ticket"), db_index=False
    )
    by = _person(_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("article of a ticket")
        verbose_name_plural = _("articles of tickets")
        constraints = [models.UniqueConstraint(fields=["ticket", "version"], name="article_linked_once")]
        triggers = _once()

    def __str__(self) -> str:
        return f"{self.version_id} {self.ticket_id}"


class ArticleRating(models.Model):
    """Whether a version helped who read it: said once."""

    version = models.ForeignKey(
        ArticleVersion, models.PROTECT, related_name="ratings", verbose_name=_("version"), db_index=False
    )
    by = _person(_("by"))
    is_helpful = models.BooleanField(_("helpful"))
    words = models.CharField(_("what is missing or wrong"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"))

    objects = OfArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating of an article")
        verbose_name_plural = _("ratings of articles")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "by"], name="article_rated_once")]
        triggers = _once()

    def __str__(self) -> str:
        return str(_("helpful") if self.is_helpful else _("not helpful"))
