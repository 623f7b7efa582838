"""What an article says, as its proposal does:

{"code": "card-abroad", "topic": "cards", "owner": "agent", "teams": ["phone"], "review_on": "2027-05-31", "keywords": "ATM 境外取现",
 "title_en": "Cash abroad", "title_zh": "境外取现", "body_en": "...", "body_zh": "..."}

Texts are in Markdown. `teams` are codes, none for everybody; `keywords` are other words by which it is found.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.identity.models import Team, User
from service.knowledge.words import LANGUAGES, Topic

TEXTS = {"title_en": 160, "title_zh": 160, "body_en": 20_000, "body_zh": 20_000}
KEYS = ("code", "topic", "owner", "teams", "review_on", "keywords", *TEXTS)
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}", re.ASCII)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
LONGEST_KEYWORDS, MOST_TEAMS = 300, 50
LONGEST_REVIEW = timedelta(days=2 * 366)


def check(content: Any) -> None:
    """Whether an article can say this today. Raises RuleBroken, its field being the key."""
    if not isinstance(content, Mapping) or set(content) != set(KEYS):
        raise RuleBroken(_("An article has these keys: %(keys)s.") % {"keys": ", ".join(KEYS)}, field="content")
    if not isinstance(content["code"], str) or not CODE.fullmatch(content["code"]):
        raise RuleBroken(_("A code has up to 60 small letters, digits and hyphens."), field="code")
    if content["topic"] not in Topic.values:
        raise RuleBroken(_("This is one of %(words)s.") % {"words": ", ".join(Topic.values)}, field="topic")
    for name, longest in TEXTS.items():
        _check_text(content[name], name, longest)
    if content["keywords"]:
        _check_text(content["keywords"], "keywords", LONGEST_KEYWORDS)
    check_review(day_of(content["review_on"]))
    owner_of(content)
    teams_of(content)


def check_review(day: date | None) -> None:
    today = timezone.localdate()
    if day is None or not today < day <= today + LONGEST_REVIEW:
        raise RuleBroken(_("An article is looked at again tomorrow or later, within two years."), field="review_on")


def owner_of(content: Mapping[str, Any]) -> User:
    name = content["owner"]
    found = User.objects.filter(username=name, is_active=True).first() if isinstance(name, str) else None
    if found is None or not found.may("articles:write"):
        raise RuleBroken(_("The owner is somebody at work who writes articles."), field="owner")
    return found


def teams_of(content: Mapping[str, Any]) -> list[Team]:
    codes = content["teams"]
    is_list = isinstance(codes, list) and len(codes) <= MOST_TEAMS and all(isinstance(code, str) for code in codes)
    found = list(Team.objects.filter(code__in=codes)) if is_list else []
    if not is_list or {team.code for team in found} != set(codes):
        raise RuleBroken(_("Teams are named by their codes; one of these is unknown."), field="teams")
    return found


def day_of(written: Any) -> date | None:
    try:
        return parse_date(written) if isinstance(written, str) else None
    except ValueError:
        return None


def searched(content: Mapping[str, Any]) -> str:
    """All that is found by words."""
    parts = [
        content["code"],
        content["keywords"],
        *(content[f"{part}_{each}"] for part in ("title", "body") for each in LANGUAGES),
    ]
    return "\n".join(parts)


def _check_text(value: Any, name: str, longest: int) -> None:
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= longest or CONTROL.search(value):
        raise RuleBroken(_("A text of 1 to %(count)s characters belongs here.") % {"count": longest}, field=name)
