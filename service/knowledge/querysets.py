from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, IntegerField, Q, Value

from crm.identity.models import User
from service.tickets.search import has_words

# who reads what is kept for teams that they are not of: they write, approve and look into everything
EVERYTHING = (User.Role.ADMIN, User.Role.APPROVER, User.Role.AUDITOR)
# this long before its day somebody is told that an article is to be looked at again
AHEAD = timedelta(days=14)


class ArticleQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """For everybody who serves, those of some teams for their members and whoever keeps them; none for the unknown."""
        if not getattr(user, "is_active", False) or not user.may("articles:read"):
            return self.none()
        if user.role in EVERYTHING:
            return self
        of_teams = self.model.teams.through.objects.filter(article=models.OuterRef("pk"))
        of_own = of_teams.filter(team__in=user.teams.values("pk"))
        return self.filter(Q(owner=user) | ~models.Exists(of_teams) | models.Exists(of_own))

    def standing(self) -> Self:
        return self.filter(withdrawn_on=None)

    def withdrawn(self) -> Self:
        return self.exclude(withdrawn_on=None)

    def current(self, on: date) -> Self:
        """Those by which one may answer: neither withdrawn nor over their day of review."""
        return self.standing().filter(review_on__gte=on)

    def due(self, on: date) -> Self:
        """To be looked at again, soon or since long."""
        return self.standing().filter(review_on__lte=on + AHEAD)

    def with_content(self) -> Self:
        """`said`: the content of the newest version."""
        versions = self.model._meta.get_field("versions").related_model.objects
        newest = versions.filter(article=models.OuterRef("pk"), number=models.OuterRef("number"))
        return self.annotate(said=models.Subquery(newest.order_by().values("content")))

    def search(self, text: str) -> Self:
        """All words, in Chinese and Latin, in titles, search words and texts; all for no text."""
        return self.filter(has_words(text, "words")) if text.strip() else self

    def alike(self, terms: Sequence[str]) -> Self:
        """Which share terms with these, at least two where there are as many; most first. None for no terms."""
        if not terms:
            return self.none()
        asked = Value(list(terms), output_field=ArrayField(models.CharField(max_length=80)))
        shared = Func(
            models.F("terms"), asked, arg_joiner=") INTERSECT SELECT unnest(", output_field=IntegerField(),
            template="cardinality(ARRAY(SELECT unnest(%(expressions)s)))",
        )  # fmt: skip
        found = self.filter(terms__overlap=list(terms)).annotate(shared=shared)
        return found.filter(shared__gte=min(2, len(terms))).order_by("-shared", "pk")


class OfArticleQuerySet(models.QuerySet):
    """Rows with an `article`, or with a `version` of one."""

    def visible_to(self, user: Any) -> Self:
        names = {field.name for field in self.model._meta.fields}
        path = "article" if "article" in names else "version__article"
        articles = self.model._meta.apps.get_model("service", "Article").objects
        return self.filter(**{f"{path}__in": articles.visible_to(user).order_by().values("pk")})
