from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from crm.base.api import ScopedViewSet
from crm.base.problems import MEDIA_TYPE, problem
from crm.identity.models import User
from crm.jobs.filters import RunFilter
from crm.jobs.models import Run
from crm.jobs.serializers import RunSerializer
from crm.nightly.start import start_night
from crm.nightly.tasks import ring


class RunViewSet(ScopedViewSet):
    """Nights and imports, newest first."""

    resource = "runs"
    unscoped = "a run is about the whole book: counts and sums, no customer"
    queryset = Run.objects.select_related("started_by")
    serializer_class = RunSerializer
    filterset_class = RunFilter
    ordering = "-"

    @extend_schema(request=None)
    @transaction.atomic
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Starts the night of the next business date that is due; while one runs, 409 and the way to it."""
        if request.user.role != User.Role.ADMIN:
            raise PermissionDenied(_("Only an admin starts a run."))
        run, is_new = start_night(by=request.user)
        url = reverse("api:runs-detail", kwargs={"pk": run.pk}, request=request)
        if not is_new:
            text = _("%(run)s is not finished yet.") % {"run": run}
            body = problem(409, text, path=request.path, code="running") | {"run": url}
            link = {"Link": f'<{url}>; rel="related"'}
            return Response(body, status=409, headers=link, content_type=MEDIA_TYPE)
        transaction.on_commit(ring)
        return self.answer(self.get_serializer(run), status=201, headers={"Location": url})
