"""What a column is by what stands in it. Each judgement is over the distinct texts of a column."""

import re
from collections.abc import Callable, Iterable

from django.db import connection

from customers.contacts import EMAIL, MAINLAND_MOBILE
from customers.imports.columns import Column, Matching, Number, Reference, Word
from customers.imports.days import Day
from customers.imports.kinds import Kind
from customers.imports.mapping.words import WORDS, certain

ENOUGH = 0.9
KNOWN = 0.5  # of the numbers of a file, some are new to us
SOME = 200  # texts that are looked at
ID = re.compile(r"[1-9][0-9]{16}[0-9Xx]\Z")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PHONE = re.compile(r"(?:\+|00)[0-9][0-9 -]{7,17}\Z|0[0-9]{2,3}-?[0-9]{7,8}\Z")
NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}\Z")
SURNAMES = set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧诸"
)
LONGEST_AMOUNT = 15


def is_id(text: str) -> bool:
    """The 18 characters of a mainland identity card with the check digit of GB 11643."""
    if not ID.match(text):
        return False
    sum_ = sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS, strict=False))
    return "10X98765432"[sum_ % 11] == text[17].upper()


def is_phone(text: str) -> bool:
    plain = text.replace(" ", "").replace("-", "")
    return bool(MAINLAND_MOBILE.match(plain.removeprefix("+86")) or PHONE.match(text))


def is_name(text: str) -> bool:
    return bool(NAME.match(text)) and text[0] in SURNAMES


LOOKS: dict[str, Callable[[str], bool]] = {
    "national_id": is_id,
    "phone": is_phone,
    "email": lambda text: bool(EMAIL.match(text)),
    "name": is_name,
}


def look_of(texts: Iterable[str]) -> str:
    """The piece of contact data, or the name, that a column looks like; "" where it looks like none."""
    return next((look for look, judge in LOOKS.items() if share(texts, judge) >= ENOUGH), "")


def share(texts: Iterable[str], judge: Callable[[str], bool]) -> float:
    texts = list(texts)
    return sum(map(judge, texts)) / len(texts) if texts else 0.0


def looks_like_amounts(texts: Iterable[str]) -> bool:
    """Long rows of digits and those that begin with nought are numbers of something."""
    digits = [re.sub(r"[^0-9]", "", text.partition(".")[0]) for text in texts]
    return not any(len(text) > LONGEST_AMOUNT or (len(text) > 1 and text[0] == "0") for text in digits)


def known_keys(kind: Kind, texts: list[str]) -> dict[str, set[str]]:
    """Field -> those of the texts that are keys of rows there."""
    return {column.name: known_of(column, texts) for column in kind.columns if isinstance(column, Reference)}


def known_of(column: Reference, texts: list[str]) -> set[str]:
    if not texts:
        return set()
    row, only = f'"j_{column.name}"', f" AND {column.only}" if column.only else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {row}.{column.key} FROM {column.table} {row} WHERE {row}.{column.key} = ANY(%(texts)s){only}",
            {"texts": texts},
        )
        return {key for (key,) in cursor.fetchall()}


def fits(
    kind: Kind, texts: list[str], *, look: str, dates: bool, numbers: bool, known: dict[str, set[str]]
) -> list[str]:
    """The fields of the kind that what stands in a column fits."""
    if look:
        return [column.name for column in kind.columns if column.name == look]
    if found := [name for name, keys in known.items() if share(texts, keys.__contains__) >= KNOWN]:
        return found
    if dates:
        return _the_one(kind, Day)
    worded = [column.name for column in kind.columns if texts and _says(kind, column, texts)]
    if worded or not numbers or not looks_like_amounts(texts):
        return worded
    return _the_one(kind, Number)


def _says(kind: Kind, column: Column, texts: list[str]) -> bool:
    """Whether every text is one of the field's words."""
    if isinstance(column, Reference):
        return share(texts, certain(kind, column, texts).__contains__) >= ENOUGH
    if isinstance(column, Word) or (isinstance(column, Matching) and column.name in WORDS):
        return set(texts) <= set(certain(kind, column, texts))
    return False


def _the_one(kind: Kind, type_: type[Column]) -> list[str]:
    """The only field of a type, or the only one that must be there: of several nobody can tell by the content."""
    found = [column for column in kind.columns if isinstance(column, type_)]
    needed = [column for column in found if column.required]
    return [column.name for column in (found if len(found) == 1 else needed if len(needed) == 1 else [])]
