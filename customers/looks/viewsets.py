from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import ScopedView
from crm.identity.models import User
from customers.looks.reading import DAYS, report


class DaysQuery(serializers.Serializer):
    """Without them the last 30 days."""

    since = serializers.DateField(required=False)
    through = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs.setdefault("through", timezone.localdate())
        attrs.setdefault("since", attrs["through"] - timedelta(days=DAYS))
        if attrs["since"] > attrs["through"]:
            raise serializers.ValidationError({"since": _("The first day is after the last one.")})
        return attrs


class LookedSerializer(serializers.Serializer):
    person = serializers.CharField(source="person.username")
    role = serializers.CharField(source="person.role")
    branch = serializers.CharField(source="person.branch.code", default=None)
    customers = serializers.IntegerField()
    looks = serializers.IntegerField()
    outside = serializers.IntegerField()
    looks_outside = serializers.IntegerField()
    revealed_outside = serializers.IntegerField()
    last_at = serializers.DateTimeField(allow_null=True)


class LooksViewSet(ScopedView):
    """Who looked at customers outside the own book or branch between two days."""

    resource = "looks"
    queryset = User.objects.all()
    unscoped = "a row is a person of the bank: a head reads the own people, an auditor everybody"
    pagination_class = None
    filter_backends = ()
    serializer_class = LookedSerializer
    request: Any  # of someone signed in

    @extend_schema(parameters=[DaysQuery], responses=LookedSerializer(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = DaysQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = report(self.request.user, **asked.validated_data)
        return Response({"results": LookedSerializer(found, many=True).data})


ROUTES = (("looks", LooksViewSet, "looks"),)
