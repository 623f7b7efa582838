"""JSON from outside: never deeper than anybody needs, so that nothing that walks it runs out of stack."""

import json
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import parsers
from rest_framework.exceptions import APIException, ParseError

MAX_LEVELS = 64
TOO_DEEP = _("JSON is at most %(most)s levels deep.")


class TooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = _("The request is too large.")
    default_code = "too_large"


def is_too_deep(data: Any, most: int = MAX_LEVELS) -> bool:
    """Level by level, without recursion."""
    level, depth = [data], 0
    while level:
        depth += 1
        if depth > most:
            return True
        level = [part for each in level for part in _parts(each) if isinstance(part, dict | list)]
    return False


def loaded(text: str) -> Any:
    """As `json.loads`; ValueError for what is too deep."""
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise ValueError(TOO_DEEP % {"most": MAX_LEVELS}) from error
    if is_too_deep(data):
        raise ValueError(TOO_DEEP % {"most": MAX_LEVELS})
    return data


def _parts(each: Any) -> Any:
    return each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()


class JSONParser(parsers.JSONParser):
    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        length = getattr(stream, "META", {}).get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge
        try:
            data = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(TOO_DEEP % {"most": MAX_LEVELS}) from error
        if is_too_deep(data):
            raise ParseError(TOO_DEEP % {"most": MAX_LEVELS})
        return data
