from typing import Any

from crm.base.api import Changes, Creates, Deletes, ScopedViewSet
from customers.imports.mapping.filters import ImportProfileFilter
from customers.imports.mapping.profiles import delete_profile
from customers.imports.mapping.serializers import ImportProfileChangeSerializer, ImportProfileSerializer
from customers.models import ImportProfile


class ImportProfileViewSet(Creates, Changes, Deletes, ScopedViewSet):
    """How files of other systems become ours; `imports/` names one."""

    resource = "import-profiles"
    unscoped = "a profile names columns and words of files, no customer"
    queryset = ImportProfile.objects.select_related("created_by", "changed_by")
    filterset_class = ImportProfileFilter
    ordering_fields = {"kind": ("kind", "name")}
    ordering = "kind"

    def get_serializer_class(self) -> type[ImportProfileSerializer]:
        return ImportProfileChangeSerializer if self.action == "partial_update" else ImportProfileSerializer

    def perform_delete(self, found: ImportProfile, *, by: Any) -> None:
        delete_profile(profile=found, by=by)
