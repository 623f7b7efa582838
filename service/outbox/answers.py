"""Where the core answers: no person signs in here, a signature does."""

from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotFound
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crm.base.parsing import JSONParser
from service.models import CoreMessage
from service.outbox.services import take_answer
from service.outbox.signing import is_signed
from service.requests.words import State


class Signed(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[None, str]:
        if not is_signed(request.headers, request.body, timezone.now()):
            raise AuthenticationFailed(_("The signature is not right, or not of now."))
        return None, "core"

    def authenticate_header(self, request: Request) -> str:
        return "Webhook"


class IsCore(BasePermission):
    def has_permission(self, request: Request, view: APIView) -> bool:
        return request.auth == "core"


class Became(TextChoices):
    """What the core may answer."""

    EXECUTED = State.EXECUTED.value, State.EXECUTED.label
    FAILED = State.FAILED.value, State.FAILED.label


class CoreAnswerSerializer(serializers.Serializer):
    """`key` is the webhook-id of the message; `reason` says why it failed."""

    key = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Became.choices)
    reference = serializers.CharField(max_length=64, required=False, default="")
    reason = serializers.CharField(max_length=300, required=False, default="")


class CoreAnswerTaken(serializers.Serializer):
    is_new = serializers.BooleanField()


class CoreAnswers(APIView):
    authentication_classes = [Signed]
    permission_classes = [IsCore]
    parser_classes = [JSONParser]

    @extend_schema(request=CoreAnswerSerializer, responses=CoreAnswerTaken, tags=["service-requests"], auth=[])
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What became of a request, from the bank's core; signed as Standard Webhooks has it. The same said twice is said once."""
        said = CoreAnswerSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        try:
            is_new = take_answer(at=timezone.now(), **said.validated_data)
        except CoreMessage.DoesNotExist:
            raise NotFound from None
        return Response({"is_new": is_new})
