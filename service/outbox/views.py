from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.pages import Page
from service.models import ServiceRequest
from service.outbox.services import send_again


class SendAgain(Page):
    """What could not be handed over, once more."""

    permission = "service-requests:write"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = get_object_or_404(ServiceRequest.objects.visible_to(self.request.user), pk=kwargs["pk"])
        send_again(request=asked, by=self.request.user, at=timezone.now())
        messages.success(request, _("It is sent again."))
        return redirect("service_request", asked.pk)
