from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from service.outbox.services import send_again
from service.requests.serializers import ServiceRequestSerializer
from service.requests.viewsets import ServiceRequestViewSet


class SentRequestViewSet(ServiceRequestViewSet):
    """What customers ask the bank to do, by a form of the catalogue (`forms`); the bank's core executes it."""

    @extend_schema(request=None, responses=ServiceRequestSerializer)
    @action(detail=True, methods=["post"], url_path="send-again", url_name="send-again")
    def send_again(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One that could not be handed over to the core."""
        send_again(request=self.get_object(), by=self.request.user, at=timezone.now())
        return self.answer(self.get_serializer(self.get_object()))
