from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString
from django.utils.translation import override

from crm.base import checks, icons
from crm.base.templatetags.frame import day, moment, money, money_exact, names, tag, tier_badge


def shown(text: str) -> str:
    """Without the tags."""
    return " ".join("".join(part.split(">")[-1] for part in text.split("<")).split())


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("1234567.891", "CNY", "1,234,567.89 CNY"),
        ("0.005", "CNY", "0.01 CNY"),
        ("-42863.65", "CZK", "\u221242,863.65 CZK"),
        ("1234.5", "JPY", "1,235 JPY"),
        ("1.2345", "KWD", "1.235 KWD"),
    ],
)
def test_money_is_exact_to_the_minor_unit(amount, currency, expected):
    with override("en"):
        assert shown(money(Decimal(amount), currency)) == expected


def test_money_in_chinese_counts_by_the_ten_thousand_and_keeps_the_whole_on_hover():
    with override("zh-hans"):
        text = money(Decimal("466666.67"), "CNY")
        assert shown(text) == "46.67 万元"
        assert 'title="466,666.67 CNY"' in text
        assert shown(money_exact(Decimal("466666.67"), "CNY")) == "466,666.67 CNY"
        assert shown(money(Decimal("42863.65"), "CZK")) == "4.29 万 CZK"


def test_an_unknown_amount_is_not_zero():
    assert shown(money(None, "CNY")) == "–"


def test_a_day_is_short_and_the_whole_of_it_on_hover():
    with override("en"):
        text = day(date(2026, 11, 22))
    assert shown(text) == "22 Nov 2026"
    assert 'title="Sunday, 22 November 2026"' in text and 'datetime="2026-11-22"' in text


def test_the_day_of_a_moment_is_that_of_the_bank():
    at = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    with override("en"):
        assert shown(day(at)) == "23 Nov 2026" and 'datetime="2026-11-23"' in day(at)
        assert shown(Template("{{ at|day }}").render(Context({"at": at}))) == "23 Nov 2026"


def test_a_moment_is_told_in_the_time_zone_of_the_bank():
    with override("en"):
        assert shown(moment(datetime(2026, 11, 22, 18, 30, tzinfo=UTC))) == "23 Nov 2026, 02:30"


class Named(SimpleNamespace):
    def __str__(self):
        return self.name


def test_a_chinese_name_has_its_latin_under_it():
    assert "Zhang Wei" in names(Named(name="张伟", sort_key="zhang wei"))
    assert "other-script" not in names(Named(name="Jan Novak", sort_key="jan novak"))


def test_a_name_can_put_no_markup_on_a_page():
    assert "<script" not in names(Named(name="<script>alert(1)</script>张", sort_key="<script>"))


def test_a_tier_always_says_its_name():
    assert shown(tier_badge("Gold", "gold")) == "Gold"
    assert "tier-other" in tier_badge("Five stars", "s5")


def test_an_icon_is_drawn_inline():
    assert "<path" in Template('{% icon "users" %}').render(Context())


@pytest.mark.parametrize("name", ["../../package", "no-such-icon", ""])
def test_an_icon_that_is_not_there_draws_nothing(name):
    assert icons.drawn(name) == ""


def test_each_icon_that_the_templates_name_exists():
    assert checks.icons_exist() == []


def test_a_missing_icon_is_an_error_of_the_check(monkeypatch):
    monkeypatch.setattr(checks, "_named", lambda: [("no-such-icon", "templates/some.html")])
    assert [error.id for error in checks.icons_exist()] == ["frame.E001"]


def test_a_text_is_escaped_also_after_the_same_was_drawn_as_html():
    """What is drawn once for all must not take a text for the HTML that reads the same."""
    for draw in (tag, tier_badge):
        assert "<b>x</b>" in draw(SafeString("<b>x</b>"), "gold")
        assert "&lt;b&gt;x&lt;/b&gt;" in draw("<b>x</b>", "gold")
