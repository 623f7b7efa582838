from typing import Any

from django import forms
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

# under the input, so that nothing typed is left to read it
FOUND = mark_safe('<div id="suggested" aria-live="polite"></div>')


class SubjectInput(forms.TextInput):
    """While somebody types, articles that may answer it stand below."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        asks = {
            "hx-get": reverse("article_suggestions"),
            "hx-trigger": "input changed delay:300ms",
            "hx-target": "#suggested",
            "hx-sync": "this:replace",
            "autocomplete": "off",
        }
        return super().get_context(name, value, (attrs or {}) | asks)

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return super().render(*args, **kwargs) + FOUND
