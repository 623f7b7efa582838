from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from managers.gifts.filters import GiftFilter
from managers.gifts.serializers import GiftSerializer, StruckSerializer
from managers.gifts.services import strike_gift
from managers.models import Gift


class GiftViewSet(Creates, ScopedViewSet):
    """What customers were given; `strike` takes out what was recorded in error."""

    request: Any  # of someone signed in
    resource = "gifts"
    queryset = Gift.objects.select_related("customer", "by", "struck_by")
    serializer_class = GiftSerializer
    filterset_class = GiftFilter
    ordering_fields = {"given_on": "given_on"}
    ordering = "-given_on"

    @extend_schema(request=StruckSerializer, responses=GiftSerializer)
    @action(detail=True, methods=["post"])
    def strike(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = StruckSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = strike_gift(gift=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(found))
