from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, Private, ScopedViewSet
from segmentation.models import Posting, PostingBatch
from segmentation.outbox.filters import PostingFilter
from segmentation.outbox.serializers import AnswersAsked, AnswersSaid, BatchSerializer, PostingSerializer
from segmentation.outbox.services import MOST, answer

FOR_THE_CORE = "postings name accounts to the bank's core, and no customer"


class PostingViewSet(ScopedViewSet):
    """Each entry that was sent, with its state; `{id}` is the number of the entry."""

    resource = "waiver-postings"
    unscoped = FOR_THE_CORE
    queryset = Posting.objects.select_related("entry__account", "entry__charge", "batch")
    serializer_class = PostingSerializer
    filterset_class = PostingFilter
    ordering_fields = {"entry": "entry_id"}
    ordering = "-entry"


class BatchViewSet(Creates, ScopedViewSet):
    """POST sends all entries that were never sent; 409 where there are none."""

    resource = "waiver-batches"
    unscoped = FOR_THE_CORE
    queryset = PostingBatch.objects.all()
    serializer_class = BatchSerializer
    ordering_fields = {"id": "id"}
    ordering = "-id"


class PostingAnswers(Private):
    """What the core says of entries: posted or refused. Good rows are kept, wrong ones told; the same again changes nothing."""

    resource = "waiver-postings"

    @extend_schema(request=AnswersAsked, responses=AnswersSaid)
    def post(self, request: Request, **kwargs: Any) -> Response:
        rows = request.data.get("answers") if isinstance(request.data, dict) else None
        if not isinstance(rows, list) or not 1 <= len(rows) <= MOST:
            raise ValidationError({"answers": [_("A list of 1 to %(most)s answers belongs here.") % {"most": MOST}]})
        found = answer(rows=rows, by=request.user)
        errors = [{"row": row, "message": message} for row, message in found.errors]
        said = {"accepted": found.accepted, "rejected": found.rejected, "unchanged": found.unchanged, "errors": errors}
        return Response(AnswersSaid({"rows": len(rows)} | said).data)
