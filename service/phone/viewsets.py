from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from service.models import CallBack, CallReason, CallScript, WrapUp
from service.phone import call_backs
from service.phone.filters import CallBackFilter, ScriptFilter, WrapUpFilter
from service.phone.serializers import (
    CallBackSerializer,
    FinishSerializer,
    ReasonSerializer,
    ScriptSerializer,
    TakenSerializer,
    WrapUpSerializer,
)


class CallBackViewSet(Creates, ScopedViewSet):
    """What was promised, what is due first first."""

    request: Any  # of someone signed in
    resource = "call-backs"
    queryset = CallBack.objects.select_related("customer", "caller", "booked_by", "taken_by")
    serializer_class = CallBackSerializer
    filterset_class = CallBackFilter
    ordering_fields = {"due_at": "due_at"}
    ordering = "due_at"

    def _shown(self) -> Response:
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=None, responses=TakenSerializer)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Theirs who asked first; an agent's call begins with it."""
        found, number = call_backs.take(call_back=self.get_object(), by=self.request.user, at=timezone.now())
        answer = Response({"number": number, "call": found.made_id})
        answer.forgets = ("number",)  # type: ignore[attr-defined]  # given once, also where the request is repeated
        return answer

    @extend_schema(request=FinishSerializer, responses=CallBackSerializer)
    @action(detail=True, methods=["post"])
    def finish(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = FinishSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        call_backs.finish(call_back=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self._shown()

    @extend_schema(request=None, responses=CallBackSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        call_backs.cancel(call_back=self.get_object(), by=self.request.user, at=timezone.now())
        return self._shown()


class ScriptViewSet(Creates, ScopedViewSet):
    """Every version of what is said in calls; of a moment the newest holds."""

    request: Any  # of someone signed in
    resource = "call-scripts"
    unscoped = "the bank's own words"
    queryset = CallScript.objects.select_related("written_by")
    serializer_class = ScriptSerializer
    filterset_class = ScriptFilter
    ordering_fields = {"written_at": "written_at"}
    ordering = "-written_at"


class ReasonViewSet(ScopedViewSet):
    """Why people call."""

    resource = "call-reasons"
    unscoped = "the bank's own words"
    queryset = CallReason.objects.all()
    serializer_class = ReasonSerializer
    ordering_fields = {"code": "code"}
    ordering = "code"


class WrapUpViewSet(Creates, ScopedViewSet):
    """How calls ended, the newest first."""

    request: Any  # of someone signed in
    resource = "wrap-ups"
    queryset = WrapUp.objects.select_related("call", "by")
    serializer_class = WrapUpSerializer
    filterset_class = WrapUpFilter
    ordering_fields = {"at": "at"}
    ordering = "-at"
