from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from crm.base.api import ScopedViewSet
from service.knowledge import services
from service.knowledge.filters import ArticleFilter
from service.knowledge.serializers import (
    ArticleConfirmSerializer,
    ArticleLinkSerializer,
    ArticleRateSerializer,
    ArticleSerializer,
    ArticleVersionSerializer,
    ArticleWithdrawSerializer,
)
from service.knowledge.suggesting import MOST
from service.knowledge.words import terms_of
from service.models import Article

KEPT = {204: OpenApiResponse(description="Kept.")}


class ArticleViewSet(ScopedViewSet):
    """What the bank answers by. A new version is proposed by POST to `proposals/`, of the kind `article`."""

    request: Any  # of someone signed in
    resource = "articles"
    queryset = Article.objects.select_related("owner").prefetch_related("teams").with_content()
    serializer_class = ArticleSerializer
    filterset_class = ArticleFilter
    ordering_fields = {"code": "code", "review_on": "review_on"}
    ordering = "code"

    def _asked(self, kind: type[Serializer]) -> dict[str, Any]:
        asked = kind(data=self.request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        return {"article": self.get_object(), "by": self.request.user, "at": timezone.now()} | asked.validated_data

    @extend_schema(parameters=[OpenApiParameter("subject", str, required=True)], responses=ArticleSerializer(many=True))
    @action(detail=False, filterset_class=None, pagination_class=None)
    def suggestions(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """At most five by which a ticket of this subject may be answered, the most alike first."""
        rows = self.get_queryset().current(timezone.localdate())
        found = rows.alike(terms_of(request.query_params.get("subject", "")[:200]))[:MOST]
        return Response(self.get_serializer(found, many=True).data)

    @extend_schema(responses=ArticleVersionSerializer(many=True))
    @action(detail=True, filterset_class=None, pagination_class=None)
    def versions(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """All of them, the newest first."""
        rows = self.get_object().versions.select_related("published_by", "proposal__maker")
        return Response(ArticleVersionSerializer(rows, many=True).data)

    @extend_schema(request=ArticleConfirmSerializer, responses=ArticleSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Looked at again and found right, until another day."""
        services.confirm(**self._asked(ArticleConfirmSerializer))
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=ArticleWithdrawSerializer, responses=ArticleSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        services.withdraw(**self._asked(ArticleWithdrawSerializer))
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=ArticleRateSerializer, responses=KEPT)
    @action(detail=True, methods=["post"])
    def rate(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Whether the newest version helped, once."""
        services.rate(**self._asked(ArticleRateSerializer))
        return Response(status=204)

    @extend_schema(request=ArticleLinkSerializer, responses=KEPT)
    @action(detail=True, methods=["post"])
    def link(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A ticket is answered by its newest version."""
        services.link_article(**self._asked(ArticleLinkSerializer))
        return Response(status=204)
