"""`{% once name=value ... %}`: a piece of a page that is drawn once per language and values, and remembered.

The piece sees the named values and nothing else: what it doesn't name it can't show, so nothing of one person's page
comes to another's. A name that is missing shows as nothing; a form's token stays outside.
"""

from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.utils.translation import get_language

MOST = 512


class Once(Node):
    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, values: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self.drawn: dict[tuple[Any, ...], str] = {}

    def render(self, context: template.Context) -> str:
        values = {name: value.resolve(context) for name, value in self.values.items()}
        key = (get_language(), *values.values(), *map(type, values.values()))
        found = self.drawn.get(key)
        if found is None:
            if len(self.drawn) >= MOST:
                self.drawn.clear()
            found = self.drawn[key] = self.nodelist.render(context.new(values))
        return found


def once(parser: Parser, token: Token) -> Once:
    words = token.split_contents()[1:]
    values = token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError(f"once takes name=value, not {words[0]}")
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(nodelist, values)
