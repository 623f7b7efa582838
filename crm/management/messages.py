"""What people can read, as it stands in the code and the templates, and the catalogue that says it in Chinese."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

CATALOGUE = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: Guibin\n"
"Language: zh_Hans\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""
KEYWORDS: dict[Any, Any] = {
    **DEFAULT_KEYWORDS,
    "_t": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def sources() -> Iterator[Path]:
    """The project's modules and templates; tests say nothing to people."""
    for package in sorted(settings.BASE_DIR.glob("*/__init__.py")):
        if package.parent.name != "tests":
            yield from sorted(package.parent.rglob("*.py"))
    for folder in settings.TEMPLATES[0]["DIRS"]:
        yield from sorted(folder.rglob("*.html"))


def python_of(path: Path) -> bytes:
    """A template becomes the calls that it makes, a line each, since its indentation means nothing to Python."""
    text = path.read_text()
    if path.suffix == ".html":
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    return text.encode()


def extracted() -> Catalog:
    """Every message that is marked, in no language yet."""
    catalogue = Catalog(locale="zh_Hans", fuzzy=False)
    for path in sources():
        for _line, called, said, _comments in extract_python(BytesIO(python_of(path)), KEYWORDS, [], {}):
            add(catalogue, KEYWORDS[called], said if isinstance(said, tuple) else (said,))
    return catalogue


def add(catalogue: Catalog, places: tuple | None, said: tuple) -> None:
    """`places` says which arguments are the message, its plural and its context; a message made at run time is None."""
    context: Any = None
    words: list[Any] = []
    for place in places or (1,):
        at, is_context = place if isinstance(place, tuple) else (place, None)
        if is_context:
            context = said[at - 1]
        else:
            words.append(said[at - 1] if len(said) >= at else None)
    if all(words):
        catalogue.add(words[0] if len(words) == 1 else tuple(words), context=context)


def kept(path: Path = CATALOGUE) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def merged(marked: Catalog, known: Catalog) -> Catalog:
    """What is marked, with the words it has already; nothing is guessed and nothing that is gone is kept."""
    for message in marked:
        old = known.get(message.id, message.context)
        if message.id and old:
            message.string = old.string
    return marked


def write(catalogue: Catalog, path: Path = CATALOGUE) -> None:
    """Sorted, without line numbers and dates, so that a difference is a difference in words."""
    text = BytesIO()
    write_po(text, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    half = path.with_suffix(".half")
    half.write_bytes(HEADER.encode() + text.getvalue().strip() + b"\n")
    half.rename(path)


def empty(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id and not all(strings(message))]


def strings(message: Message) -> tuple[str, ...]:
    string: Any = message.string
    return string if isinstance(string, tuple) else (string,)
