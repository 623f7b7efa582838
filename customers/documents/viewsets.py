from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from customers.documents import services
from customers.documents.filters import DocumentFilter
from customers.documents.images import content_of
from customers.documents.panels import IMAGES
from customers.documents.revealing import reveal_number, show_image
from customers.documents.serializers import (
    CloseSerializer,
    DocumentSerializer,
    ImageSerializer,
    ImageUploadSerializer,
    NumberSerializer,
    RenewSerializer,
    WhySerializer,
)
from customers.documents.showing import picture_of
from customers.models import Document, DocumentImage

IMAGE = OpenApiParameter("image", OpenApiTypes.INT, OpenApiParameter.PATH)


def _asked(kind: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    asked = kind(data=request.data)
    asked.is_valid(raise_exception=True)
    return asked.validated_data


class DocumentViewSet(Creates, ScopedViewSet):
    """Papers of customers, the newest first; what was recorded is renewed or closed, never changed."""

    resource = "documents"
    announces_reads = True
    request: Any  # of someone signed in
    queryset = Document.objects.select_related("customer", "by", "closed_by").prefetch_related(IMAGES)
    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    ordering_fields = {"recorded_at": "recorded_at", "valid_until": "valid_until"}
    ordering = "-recorded_at"

    def _answer(self, document: Document, status: int = 200) -> Response:
        return self.answer(self.get_serializer(self.get_queryset().get(pk=document.pk)), status=status)

    @extend_schema(request=RenewSerializer, responses={201: DocumentSerializer})
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        said = _asked(RenewSerializer, request)
        found = services.renew_document(document=self.get_object(), by=self.request.user, at=timezone.now(), **said)
        return self._answer(found, 201)

    @extend_schema(request=CloseSerializer, responses=DocumentSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        said = _asked(CloseSerializer, request)
        return self._answer(
            services.close_document(document=self.get_object(), by=self.request.user, at=timezone.now(), **said)
        )

    @extend_schema(request=WhySerializer, responses=NumberSerializer)
    @action(detail=True, methods=["post"], only_reads=True)
    def reveal(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The number in full, for a reason that is kept."""
        said = _asked(WhySerializer, request)
        number = reveal_number(document=self.get_object(), by=self.request.user, reason=said["reason"])
        return Response({"number": number})

    @extend_schema(request=ImageUploadSerializer, responses={201: ImageSerializer})
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def images(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Adds a picture: JPEG, PNG or PDF."""
        said = _asked(ImageUploadSerializer, request)
        pictures = [(said["side"], content_of(said["file"]))]
        found = services.add_images(
            document=self.get_object(), images=pictures, by=self.request.user, at=timezone.now()
        )
        return Response(ImageSerializer(found[0]).data, status=201)

    @extend_schema(parameters=[IMAGE], request=WhySerializer, responses={200: OpenApiResponse(OpenApiTypes.BINARY)})
    @action(detail=True, methods=["post"], url_path="images/<int:image>/show", only_reads=True)
    def show(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The picture itself, for a reason that is kept."""
        said, document = _asked(WhySerializer, request), self.get_object()
        rows = DocumentImage.objects.without_content().filter(document=document).select_related("document")
        image = get_object_or_404(rows, pk=kwargs["image"])
        return picture_of(image, show_image(image=image, by=self.request.user, reason=said["reason"]))


ROUTES = (("documents", DocumentViewSet, "documents"),)
