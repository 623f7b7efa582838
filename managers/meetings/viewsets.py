from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from managers.meetings.filters import MeetingFilter
from managers.meetings.serializers import CancelSerializer, MeetingSerializer
from managers.meetings.services import cancel_meeting
from managers.models import Meeting


class MeetingViewSet(Creates, ScopedViewSet):
    """Meetings with customers, the newest first."""

    request: Any  # of someone signed in
    resource = "meetings"
    queryset = Meeting.objects.select_related("customer", "manager")
    serializer_class = MeetingSerializer
    filterset_class = MeetingFilter
    ordering_fields = {"starts_at": "starts_at"}
    ordering = "-starts_at"

    @extend_schema(request=CancelSerializer, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = CancelSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        cancel_meeting(meeting=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_object()))
