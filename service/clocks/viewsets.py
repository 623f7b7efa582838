from rest_framework import serializers

from crm.base.api import ScopedViewSet
from service.clocks.filters import ServiceLevelsFilter
from service.models import ServiceLevels


class DatedVersionSerializer(serializers.ModelSerializer):
    content = serializers.JSONField(read_only=True)
    published_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        fields = ["id", "number", "effective_from", "content", "published_at", "published_by", "proposal"]
        read_only_fields = fields


class ServiceLevelsSerializer(DatedVersionSerializer):
    class Meta(DatedVersionSerializer.Meta):
        model = ServiceLevels


class ServiceLevelsViewSet(ScopedViewSet):
    """Every version of the service levels, the newest first; a new one is proposed by POST to `proposals/`, of the kind `service_levels`."""

    resource = "service-levels"
    unscoped = "what the bank promises names no customer"
    queryset = ServiceLevels.objects.select_related("published_by")
    serializer_class = ServiceLevelsSerializer
    filterset_class = ServiceLevelsFilter
    ordering_fields = {"number": "number"}
    ordering = "-number"
