from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Changes, Creates, ScopedViewSet
from customers import services
from customers.filters import InteractionFilter
from customers.models import Interaction
from customers.serializers.contacts import AmendmentSerializer, InteractionSerializer


class InteractionViewSet(Creates, Changes, ScopedViewSet):
    """PATCH corrects an own entry within 24 hours; `amend` adds a word to any."""

    request: Any  # of someone signed in
    resource = "interactions"
    queryset = Interaction.objects.select_related("customer", "by").prefetch_related("amendments__by")
    serializer_class = InteractionSerializer
    filterset_class = InteractionFilter
    ordering_fields = {"at": "at"}
    ordering = "-at"

    @extend_schema(request=AmendmentSerializer, responses=InteractionSerializer)
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found, asked = self.get_object(), AmendmentSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        text = asked.validated_data["text"]
        services.amend_interaction(interaction=found, text=text, by=self.request.user, at=timezone.now())
        return self.answer(self.get_serializer(self.get_object()), status=201)
