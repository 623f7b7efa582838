from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from crm.base.tables import DateColumn, Numeric, Table
from crm.base.templatetags.frame import day, tag
from service.models import Article


class _OfArticles(Table):
    title = tables.Column(accessor="pk", verbose_name=_("Title"))

    def row_url(self, record: Article) -> str:
        return reverse("article", args=[record.pk])

    def render_title(self, record: Article) -> str:
        """In the reader's language, the other one under it."""
        own = str(record)
        other = record.title_en if own == record.title_zh else record.title_zh
        return format_html(
            '<a class="name" href="{}"><span class="own-script">{}</span><span class="other-script">{}</span></a>',
            self.row_url(record),
            own,
            other,
        )

    def value_title(self, record: Article) -> str:
        return str(record)


class ArticleTable(_OfArticles):
    topic = tables.Column()
    owner = tables.Column()
    number = Numeric()
    review_on = DateColumn()
    code = tables.Column()
    hidden = ("code",)

    class Meta:
        model = Article
        fields = ("title", "topic", "owner", "number", "review_on", "code")
        sequence = fields

    def render_review_on(self, value: date, record: Article) -> str:
        return format_html("{} {}", day(value), state_of(record))


class UseTable(_OfArticles):
    """How often each was read and answered by, and whether it helped."""

    topic = tables.Column()
    views = Numeric(verbose_name=_("Read"))
    links = Numeric(verbose_name=_("Tickets answered by it"))
    helpful = Numeric(verbose_name=pgettext_lazy("articles", "Helped"))
    unhelpful = Numeric(verbose_name=pgettext_lazy("articles", "Did not help"))
    review_on = DateColumn()

    class Meta:
        model = Article
        fields = ("title", "topic", "views", "links", "helpful", "unhelpful", "review_on")
        sequence = fields


def state_of(article: Article) -> str:
    """As a tag, where there is something to say."""
    today = timezone.localdate()
    if article.withdrawn_on:
        return tag(pgettext("an article", "withdrawn"), "secondary")
    return tag(pgettext("an article", "review overdue"), "red") if article.review_on < today else ""
