"""Errors of the REST interface as problem+json (RFC 9457), each with the id of its request."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as ModelInvalid
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from crm.base.context_vars import request_id
from crm.base.errors import RuleBroken
from crm.base.parsing import TooLarge

MEDIA_TYPE = "application/problem+json"
Errors = dict[str, list[str]]


class PreconditionRequired(exceptions.APIException):
    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_detail = _("Send If-Match with the ETag that you read.")
    default_code = "precondition_required"


class PreconditionFailed(exceptions.APIException):
    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = _("It was changed since you read it.")
    default_code = "precondition_failed"


class Unprocessable(exceptions.APIException):
    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_detail = _("The request can't be processed.")
    default_code = "unprocessable"


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an error in a viewset; None lets Django report what nobody foresaw."""
    path = context["request"].path if context.get("request") else ""
    if isinstance(error, RuleBroken):
        set_rollback()
        error.conclude()
        errors = {name: [text] for name, text in error.errors.items()}
        body = problem(HTTPStatus.CONFLICT, str(error), path=path, code=error.code, errors=errors)
        return Response(body, status=HTTPStatus.CONFLICT, content_type=MEDIA_TYPE)
    if isinstance(error, ModelInvalid):
        error = exceptions.ValidationError(error.message_dict if hasattr(error, "error_dict") else error.messages)
    if isinstance(error, RequestDataTooBig):
        error = TooLarge()
    response = exception_handler(error, context)
    if response is not None:
        response.data = _described(error, response, path)
        response.content_type = MEDIA_TYPE
    return response


def _described(error: Exception, response: Response, path: str) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        detail, errors, code = str(_("Some fields are not right.")), flat(response.data), "invalid"
    else:
        detail, errors = str(response.data["detail"]), {}
        code = getattr(response.data["detail"], "code", "error")
    return problem(response.status_code, detail, path=path, code=code, errors=errors)


def problem(status: int, detail: str, *, path: str, code: str, errors: Errors | None = None) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "code": code,
        "instance": path,
        "request_id": request_id.get(),
        **({"errors": errors} if errors else {}),
    }


def flat(detail: Any, name: str = "") -> Errors:
    """Nested messages as `{"lines.0.percent": [...]}`; those of no field stand under `non_field_errors`."""
    if isinstance(detail, Mapping):
        found: Errors = {}
        for key, value in detail.items():
            found |= flat(value, f"{name}.{key}" if name else str(key))
        return found
    if isinstance(detail, list) and any(isinstance(item, Mapping) for item in detail):
        return flat(dict(enumerate(detail)), name)
    texts = detail if isinstance(detail, list) else [detail]
    return {name or "non_field_errors": [str(text) for text in texts]} if texts else {}


def as_response(request: HttpRequest, status: int, detail: str, code: str) -> JsonResponse:
    """The same answer outside of the viewsets: an address that nothing serves, an error that nobody foresaw."""
    body = problem(status, detail, path=request.path, code=code)
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)
