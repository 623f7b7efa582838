from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from crm.base.api import Changes, Creates, ScopedViewSet
from managers.models import CustomerPlan
from managers.plans import serializers, services, steps
from managers.plans.filters import PlanFilter
from managers.plans.reckoning import against_actual, month_ends, share_of, standing_of


class PlanViewSet(Creates, Changes, ScopedViewSet):
    """Plans of customers. Goals, actions and reviews come by POST; each makes another version of the plan."""

    request: Any  # of someone signed in
    resource = "plans"
    announces_reads = True
    queryset = CustomerPlan.objects.select_related("customer", "made_by", "closed_by").prefetch_related(
        "goals", "actions__who", "reviews__by"
    )
    filterset_class = PlanFilter
    ordering_fields = {"review_on": "review_on"}
    ordering = "review_on"

    def get_serializer_class(self) -> type[serializers.PlanSerializer]:
        return serializers.PlanChangeSerializer if self.action == "partial_update" else serializers.PlanSerializer

    def _done(self, verb: Callable[..., Any], kind: type[Serializer], part: str = "") -> Response:
        """`part` is what of the plan the verb is about; of another plan it is not there."""
        plan = self.get_object()
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        about = {part: get_object_or_404(getattr(plan, f"{part}s"), pk=said.pop(part))} if part else {"plan": plan}
        verb(**about, by=self.request.user, at=timezone.now(), **said)
        return self.answer(self.get_serializer(self.get_object()))

    @extend_schema(request=serializers.SetGoalSerializer, responses=serializers.PlanSerializer)
    @action(detail=True, methods=["post"], url_path="set-goal")
    def set_goal(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(steps.set_goal, serializers.SetGoalSerializer)

    @extend_schema(request=serializers.DropGoalSerializer, responses=serializers.PlanSerializer)
    @action(detail=True, methods=["post"], url_path="drop-goal")
    def drop_goal(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(steps.drop_goal, serializers.DropGoalSerializer, "goal")

    @extend_schema(request=serializers.SetActionSerializer, responses=serializers.PlanSerializer)
    @action(detail=True, methods=["post"], url_path="set-action")
    def set_action(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(steps.set_action, serializers.SetActionSerializer)

    @extend_schema(request=serializers.CloseActionSerializer, responses=serializers.PlanSerializer)
    @action(detail=True, methods=["post"], url_path="close-action")
    def close_action(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(steps.close_action, serializers.CloseActionSerializer, "action")

    @extend_schema(request=serializers.LookBackSerializer, responses=serializers.PlanSerializer)
    @action(detail=True, methods=["post"])
    def review(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.look_back, serializers.LookBackSerializer)

    @extend_schema(request=serializers.PlanReasonSerializer, responses=serializers.PlanSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.close_plan, serializers.PlanReasonSerializer)

    @extend_schema(responses=serializers.PlanProgressSerializer, filters=False)
    @action(detail=True)
    def progress(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Plan against actual, and the last month ends."""
        plan = self.get_object()
        standing = standing_of(plan.customer)
        told = {
            "on": standing.on,
            "share": share_of(plan, standing.balance_in(plan.currency)),
            "goals": against_actual(plan, plan.goals.filter(dropped_at=None), standing),
            "months": month_ends(plan),
        }
        self.announce(plan)
        return Response(serializers.PlanProgressSerializer(told).data)
