from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Private
from managers.leading.sides import Side, sides_of
from managers.models import Manager


class TierCountSerializer(serializers.Serializer):
    tier = serializers.CharField(source="code")
    name = serializers.CharField()
    customers = serializers.IntegerField()


class Sums(serializers.DictField):
    """Amounts by currency."""

    child = serializers.DecimalField(max_digits=20, decimal_places=4)


class BookCadenceSerializer(serializers.Serializer):
    """What the contact plan asks for; `share` in percent of what is not overdue."""

    total = serializers.IntegerField()
    kept = serializers.IntegerField()
    due = serializers.IntegerField()
    overdue = serializers.IntegerField()
    late = serializers.IntegerField()
    share = serializers.IntegerField()


class BookFiguresSerializer(serializers.Serializer):
    """What a book holds and brings, within reach; `coming` and `going` are suggested moves that nobody has decided.

    `cadence` is null where no plan asks for anything; `more` has what other parts of the system tell, by code.
    """

    customers = serializers.IntegerField()
    tiers = TierCountSerializer(many=True)
    balance = Sums()
    value = Sums()
    cadence = BookCadenceSerializer(allow_null=True)
    pipeline = Sums()
    weighted = Sums()
    coming = serializers.IntegerField()
    going = serializers.IntegerField()
    more = serializers.SerializerMethodField()

    def get_more(self, side: Side) -> dict[str, str]:
        return {code: str(told.value) for code, told in side.more.items()}


class ManagerFiguresView(Private):
    """The figures of a manager's book as the list of books shows them."""

    resource = "managers"

    @extend_schema(responses=BookFiguresSerializer)
    def get(self, request: Request, pk: int, **kwargs: Any) -> Response:
        manager = get_object_or_404(Manager.objects.visible_to(request.user), pk=pk)
        return Response(BookFiguresSerializer(sides_of([manager.pk], request.user)[manager.pk]).data)
