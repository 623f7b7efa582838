from typing import Any

from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from service.models import Article, ArticleVersion, Ticket


class ArticleSerializer(serializers.ModelSerializer):
    """The newest version with its texts in Markdown; `number` is its number. What it says changes by a proposal of the kind `article`."""

    owner = serializers.SlugRelatedField(slug_field="username", read_only=True)
    teams = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    body_en = serializers.SerializerMethodField()
    body_zh = serializers.SerializerMethodField()

    class Meta:
        model = Article
        fields = [
            *("id", "code", "topic", "title_en", "title_zh", "body_en", "body_zh", "owner", "teams", "review_on"),
            *("withdrawn_on", "number", "version"),
        ]
        read_only_fields = fields

    def get_body_en(self, article: Any) -> str:
        return str(article.said["body_en"])

    def get_body_zh(self, article: Any) -> str:
        return str(article.said["body_zh"])


class ArticleVersionSerializer(serializers.ModelSerializer):
    published_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    maker = serializers.CharField(source="proposal.maker.username", read_only=True)

    class Meta:
        model = ArticleVersion
        fields = ["number", "content", "published_at", "published_by", "maker"]
        read_only_fields = fields


class ArticleConfirmSerializer(serializers.Serializer):
    version = serializers.IntegerField(min_value=1)
    review_on = serializers.DateField()


class ArticleWithdrawSerializer(serializers.Serializer):
    version = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=300)


class ArticleRateSerializer(serializers.Serializer):
    is_helpful = serializers.BooleanField()
    words = serializers.CharField(max_length=300, required=False, allow_blank=True)


class ArticleLinkSerializer(serializers.Serializer):
    """`ticket` is its number."""

    ticket = ScopedSlug(slug_field="number", queryset=Ticket.objects.all())
