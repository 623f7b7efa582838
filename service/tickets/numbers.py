"""Numbers that people can say: eight digits in two halves, of which the last tests the others."""

import re

from django.db import connection

NUMBER = re.compile(r"\d{8,12}", re.ASCII)
NOISE = re.compile(r"[\s-]+")


def next_numbers(count: int = 1) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('service_ticket_numbers') FROM generate_series(1, %s)", [count])
        return [f"{serial}{check_digit(str(serial))}" for (serial,) in cursor.fetchall()]


def check_digit(digits: str) -> int:
    """By Luhn: one wrong digit is always noticed, and nearly every two that changed places."""
    doubled = [int(each) * 2 if place % 2 == 0 else int(each) for place, each in enumerate(reversed(digits))]
    return -sum(each - 9 if each > 9 else each for each in doubled) % 10


def spoken(number: str) -> str:
    """1024-7735."""
    return f"{number[:-4]}-{number[-4:]}"


def typed(text: str) -> str:
    """The number that somebody typed, "" where it is none, or where a digit of it is wrong."""
    digits = NOISE.sub("", text)
    is_number = NUMBER.fullmatch(digits) and check_digit(digits[:-1]) == int(digits[-1])
    return digits if is_number else ""
