"""Chinese is complete: each text in the code has its words, and no page in Chinese has an English word left."""

import re
from html.parser import HTMLParser

import pytest
from babel.messages import Message
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, JSONField, TextField

from crm.management.messages import CATALOGUE, empty, extracted, kept, merged, strings, write
from tests.access import ROLES, batches
from tests.access_table import TABLE

PLACE = re.compile(r"%\((\w+)\)[sd]|%%")
WORD = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z][A-Za-z'-]+(?![A-Za-z0-9-])")
LETTER = re.compile(r"[A-Za-z]")
# with stars, a pseudonym, whose six digits may all be letters, or a place that a letter fills in
MASKED = re.compile(r"\S*\*\S*|\bC-[0-9A-F]{6}\b|\{[a-z_]+\}")
CODE = re.compile(r"[a-z0-9_.-]+")
SEEN = ("title", "aria-label", "placeholder", "alt")
UNSEEN = {"script", "style", "template", "code"}
# names of formats, currencies, keys and measures that a Chinese bank writes in Latin letters
LATIN = {
    "LEI",
    settings.CRM_BRAND,
    "AFP",
    "ATM",
    "AUM",
    "CFP",
    "CPB",
    "CNY",
    "CSV",
    "Ctrl",
    "ETag",
    "Enter",
    "FTP",
    "GB-ENG",
    "ISO",
    "JPEG",
    "JSON",
    "MB",
    "Markdown",
    "PDF",
    "PNG",
    "RFM",
    "TSV",
    "USD",
    "XLSX",
}
OWN = tuple(f"{package.parent.name}." for package in settings.BASE_DIR.glob("*/__init__.py"))
PAGES = [row for row in TABLE if row.method == "get" and not row.is_rest and not row.route.startswith("admin:")]


def places(text: str) -> list[str]:
    return sorted({place.group() for place in PLACE.finditer(text)})


def texts(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


class Visible(HTMLParser):
    """What a person sees or hears of a page, without what is said to be in English or is code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if not self.inside:
            self.said += [given[name] or "" for name in SEEN if name in given]
        if tag in UNSEEN or given.get("lang") == "en":
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.said.append(data)


def names_in_data() -> list[str]:
    """What is written in rows, the longest first: names, codes and numbers are of no language."""
    found = set()
    for model in (model for model in apps.get_models() if model.__module__.startswith(OWN)):
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField | TextField) and not field.choices:
                found.update(model._base_manager.values_list(field.name, flat=True))
            if isinstance(field, JSONField):
                found.update(
                    line
                    for content in model._base_manager.values_list(field.name, flat=True)
                    for line in lines(content)
                )
    return sorted((name for name in found if name and len(name) > 1 and LETTER.search(name)), key=len, reverse=True)


def lines(content: object) -> list[str]:
    """What people wrote into a document, line by line; codes are none of it."""
    if isinstance(content, str):
        return [MASKED.sub(" ", line) for line in content.splitlines() if not CODE.fullmatch(line)]
    parts = content.values() if isinstance(content, dict) else content if isinstance(content, list) else []
    return [line for part in parts for line in lines(part)]


def english(html: str, names: list[str]) -> list[str]:
    text = MASKED.sub(" ", " ".join(Visible(html).said))
    lowered = text.lower()
    for name in (name for name in names if name.lower() in lowered):
        text = re.sub(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", " ", text, flags=re.IGNORECASE)
    return sorted(set(WORD.findall(text)) - LATIN)


def test_every_text_in_the_code_has_its_chinese_words():
    assert [message.id for message in empty(merged(extracted(), kept()))] == [], "run manage.py messages"


def test_the_catalogue_holds_what_the_code_says_and_no_more(tmp_path):
    write(merged(extracted(), kept()), tmp_path / "django.po")
    assert CATALOGUE.read_text() == (tmp_path / "django.po").read_text(), "run manage.py messages"


def test_no_translation_is_a_guess():
    catalogue = kept()
    assert [message.id for message in catalogue if message.fuzzy and message.id] == []
    assert not catalogue.obsolete


def test_a_translation_fills_in_the_same_places_as_the_text():
    wrong = [
        message.id
        for message in kept()
        if message.id
        and "python-format" in message.flags
        and {tuple(places(text)) for text in texts(message)} != {tuple(places(text)) for text in strings(message)}
    ]
    assert wrong == []


def test_chinese_sentences_end_as_chinese_sentences_do():
    plain = [
        text for message in kept() if message.id for text in strings(message) if re.search(r"[一-鿿][.,;:?!]", text)
    ]
    assert plain == []


@pytest.mark.parametrize("rows", batches(PAGES))
def test_a_page_in_chinese_has_no_english_left(rows, world, everybody, signed_in, subtests):
    clients = {role: signed_in(everybody[role]) for role in ROLES}
    names = names_in_data()
    for row in rows:
        for role in row.opens_to():
            client = clients[role]
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
            with subtests.test(str(row), role=role):
                answer = client.get(row.url(world["own"]))
                if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                    assert english(answer.content.decode(), names) == []
