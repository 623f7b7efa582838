from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from crm.base.api import Creates, ScopedViewSet
from managers.models import Referral
from managers.referrals.filters import ReferralFilter
from managers.referrals.serializers import AcceptSerializer, DeclineSerializer, ReferralSerializer
from managers.referrals.services import accept_referral, decline_referral


class ReferralViewSet(Creates, ScopedViewSet):
    """Customers whom tellers refer to their managers, the newest first."""

    request: Any  # of someone signed in
    resource = "referrals"
    queryset = Referral.objects.select_related("customer", "referred_by", "answered_by").with_credit()
    serializer_class = ReferralSerializer
    filterset_class = ReferralFilter
    ordering_fields = {"referred_at": "referred_at"}
    ordering = "-referred_at"

    def _answered(self, verb: Callable[..., Referral], kind: type[Serializer]) -> Response:
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        verb(referral=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=AcceptSerializer, responses=ReferralSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._answered(accept_referral, AcceptSerializer)

    @extend_schema(request=DeclineSerializer, responses=ReferralSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._answered(decline_referral, DeclineSerializer)
