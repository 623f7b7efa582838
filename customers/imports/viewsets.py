from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import ScopedViewSet
from customers.imports.filters import ImportFilter
from customers.imports.serializers import ImportDetailSerializer, ImportSerializer, UploadSerializer
from customers.models import ImportBatch


class ImportViewSet(ScopedViewSet):
    """Files that came in, newest first. What was wrong with them is shown masked."""

    resource = "imports"
    unscoped = "whoever imports sees line numbers, codes and masked values, no customer"
    queryset = ImportBatch.objects.select_related("run", "uploaded_by", "profile")
    filterset_class = ImportFilter
    parser_classes = [MultiPartParser]
    ordering_fields = {"at": "run_id"}
    ordering = "-at"

    def get_serializer_class(self) -> type[ImportSerializer]:
        return ImportSerializer if self.action == "list" else ImportDetailSerializer

    @extend_schema(request=UploadSerializer, responses={201: ImportDetailSerializer})
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Not one transaction: a file that is refused leaves a run that says why."""
        upload = UploadSerializer(data=request.data)
        upload.is_valid(raise_exception=True)
        batch = self.get_queryset().get(pk=upload.save(by=request.user).pk)
        location = f"{request.build_absolute_uri(request.path)}{batch.pk}/"
        return self.answer(self.get_serializer(batch), status=201, headers={"Location": location})
