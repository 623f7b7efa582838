from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.models import Article, ArticleRating, ArticleVersion


@admin.register(Article)
class ArticleAdmin(ScopedAdmin):
    resource = "articles"
    list_display = ("code", "topic", "title_en", "title_zh", "owner", "number", "review_on", "withdrawn_on")
    list_select_related = ("owner",)


@admin.register(ArticleVersion)
class ArticleVersionAdmin(ScopedAdmin):
    resource = "articles"
    list_display = ("article", "number", "published_at", "published_by")
    list_select_related = ("article", "published_by")


@admin.register(ArticleRating)
class ArticleRatingAdmin(ScopedAdmin):
    resource = "articles"
    list_display = ("version", "by", "is_helpful", "words", "at")
    list_select_related = ("version", "by")
