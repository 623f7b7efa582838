"""Markdown as HTML that is safe by construction: tags that a text itself writes are shown as text, addresses that would run are
no links, and pictures, which would be fetched from elsewhere, are off."""

from functools import cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

HEADINGS = ("heading_open", "heading_close")
HIGHEST = 2  # of a text, which stands under the heading of the page


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": True}).disable("image")


def rendered(text: str) -> SafeString:
    tokens = _markdown().parse(text)
    lower = HIGHEST - min((int(token.tag[1]) for token in tokens if token.type in HEADINGS), default=HIGHEST)
    for token in tokens:
        if token.type in HEADINGS:
            token.tag = f"h{min(6, int(token.tag[1]) + lower)}"
        for each in token.children or ():
            if each.type == "link_open":
                each.attrs |= {"class": "text-decoration-underline", "rel": "noopener noreferrer"}
        if token.type == "table_open":
            token.attrs["class"] = "table"
    return mark_safe(_markdown().renderer.render(tokens, _markdown().options, {}))  # noqa: S308  see above
