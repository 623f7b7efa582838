from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from crm.base.errors import RuleBroken
from customers.calls import services, verifying
from customers.calls.lists import CallFilter
from customers.calls.serializers import AnswersSerializer, CallSerializer, ChoiceSerializer
from customers.models import Call, Customer


class CallViewSet(Creates, ScopedViewSet):
    """A telephone system POSTs the number of a call; `choose`, `verify` and `end` lead it to its end."""

    request: Any  # of someone signed in
    resource = "calls"
    queryset = Call.objects.select_related("agent", "customer", "reach")
    serializer_class = CallSerializer
    filterset_class = CallFilter
    ordering_fields = {"begun_at": "begun_at"}
    ordering = "-begun_at"

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        return rows.filter(agent=self.request.user) if self.action in ("choose", "verify", "end") else rows

    @extend_schema(request=ChoiceSerializer, responses=CallSerializer)
    @action(detail=True, methods=["post"])
    def choose(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        call, asked = self.get_object(), ChoiceSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user = self.request.user
        if "customer" in asked.validated_data:
            customer = get_object_or_404(Customer.objects.visible_to(user), pk=asked.validated_data["customer"])
        else:
            found = verifying.find_caller(text=asked.validated_data["text"], by=user)
            if len(found) > 1:
                raise RuleBroken(_("Several customers share it."), field="text", code="several")
            customer = found[0]
        return self.told(verifying.choose_customer(call=call, customer=customer, by=user, at=timezone.now()))

    @extend_schema(request=AnswersSerializer, responses=CallSerializer)
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        call, asked = self.get_object(), AnswersSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        answers = asked.validated_data["answers"]
        return self.told(verifying.verify_caller(call=call, answers=answers, by=self.request.user, at=timezone.now()))

    @extend_schema(request=None, responses=CallSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.told(services.end_call(call=self.get_object(), by=self.request.user, at=timezone.now()))

    def told(self, call: Call) -> Response:
        return self.answer(self.get_serializer(call))


ROUTES = (("calls", CallViewSet, "calls"),)
