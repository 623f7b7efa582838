"""A piece that is drawn once shows what it names, and nothing of whoever looked before."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from django.utils.translation import override

from crm.base import once

GREETING = Template("{% once name=user.name %}{{ name }}|{{ user.name }}|{{ secret }}{% endonce %}")


def drawn(name: str, secret: str = "") -> str:
    return GREETING.render(Context({"user": {"name": name}, "secret": secret}))


def test_it_is_drawn_once_for_each_set_of_values(monkeypatch):
    piece = Template("{% once name=name %}{{ name }}{% endonce %}")
    first = piece.render(Context({"name": "李娜"}))
    monkeypatch.setattr(piece.nodelist[0], "nodelist", None)
    assert piece.render(Context({"name": "李娜"})) == first == "李娜"
    with pytest.raises(AttributeError):
        piece.render(Context({"name": "张伟"}))


def test_it_sees_only_what_it_names():
    assert drawn("Li Na", "the first reader's") == "Li Na||"
    assert drawn("Zhang Wei") == "Zhang Wei||"


def test_each_language_has_its_own():
    piece = Template('{% once %}{% translate "Customers" %}{% endonce %}')
    with override("en"):
        english = piece.render(Context())
    with override("zh-hans"):
        chinese = piece.render(Context())
    assert (english, chinese) == ("Customers", "客户")


def test_a_safe_text_does_not_lend_its_trust_to_an_equal_one():
    piece = Template("{% once name=name %}{{ name }}{% endonce %}")
    assert piece.render(Context({"name": mark_safe("<b>")})) == "<b>"
    assert piece.render(Context({"name": "<b>"})) == "&lt;b&gt;"


def test_what_is_remembered_has_an_end(monkeypatch):
    monkeypatch.setattr(once, "MOST", 3)
    piece = Template("{% once n=n %}{{ n }}{% endonce %}")
    assert [piece.render(Context({"n": n})) for n in range(10)] == [str(n) for n in range(10)]
    assert len(piece.nodelist[0].drawn) <= 3


def test_a_word_without_a_value_is_a_mistake():
    with pytest.raises(TemplateSyntaxError, match="once takes name=value, not secret"):
        Template("{% once secret %}{% endonce %}")
