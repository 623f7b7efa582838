from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.approvals import services
from crm.approvals.filters import ProposalFilter
from crm.approvals.models import Proposal
from crm.approvals.serializers import ApprovalSerializer, ProposalSerializer, RefusalSerializer, typed
from crm.base.api import Creates, ScopedViewSet
from crm.base.errors import RuleBroken
from crm.base.problems import handle


class ProposalViewSet(Creates, ScopedViewSet):
    """Proposals and the decision on them, newest first."""

    resource = "proposals"
    queryset = Proposal.objects.select_related("maker", "checker", "acting_for", "subject_user")
    serializer_class = ProposalSerializer
    filterset_class = ProposalFilter
    ordering = "-"
    request: Any  # of someone signed in

    @extend_schema(request=ApprovalSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Applies it, if its content has the hash that is sent. An overtaken one is marked so and answered with 409."""
        proposal = self.get_object()
        try:
            services.approve(proposal=proposal, by=self.request.user, **typed(ApprovalSerializer, request.data))
        except RuleBroken as refusal:
            if refusal.code == "stale":
                # an answer, since a raised refusal would undo the mark where a key is kept
                return handle(refusal, {"request": request})  # type: ignore[return-value]
            raise
        return self.decided(proposal)

    @extend_schema(request=RefusalSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        proposal = self.get_object()
        services.refuse(proposal=proposal, by=self.request.user, **typed(RefusalSerializer, request.data))
        return self.decided(proposal)

    @extend_schema(request=None, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        proposal = self.get_object()
        services.withdraw(proposal=proposal, by=self.request.user)
        return self.decided(proposal)

    def decided(self, proposal: Proposal) -> Response:
        proposal.refresh_from_db()
        return self.answer(self.get_serializer(proposal))
