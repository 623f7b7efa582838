"""Who the customers are: names, ids, phones, occupations; and the accounts that their stories give them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from faker import Faker

from crm.management.demo.bank import WEIGHTS
from crm.management.demo.company_money import run_company
from crm.management.demo.habits import credit_card
from crm.management.demo.ledger import AccountBook
from crm.management.demo.person_money import PersonMoney
from crm.management.demo.span import Span
from crm.management.demo.stories import COMPANIES, NAMED, PERSONS, Named, Path, Story

COMPANY_EVERY = 16
EDUCATION = ("高中", "大专", "本科", "本科", "硕士", "博士")
CITIES = {"SH": "上海", "BJ": "北京", "SZ": "深圳"}
AREAS = {"SH": "310106", "BJ": "110102", "SZ": "440305"}
CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
WORDS = ("云帆", "蓝海", "启明", "鼎盛", "华泰", "新源", "中科", "东方", "恒信", "远航", "金石", "瑞丰", "博雅", "天成")
TRADES = ("科技", "贸易", "电子", "物流", "医疗器械", "新能源", "文化传媒", "精密制造", "食品", "建材")


@dataclass
class Party:
    """A customer before it has an id. `place` is its number in the list of all."""

    place: int
    number: str
    kind: str
    name: str
    branch: str
    story: Story
    path: Path
    opened_on: date
    sex: str = ""
    birth_date: date | None = None
    occupation: str = ""
    education: str = ""
    income: int = 0
    contact: dict[str, str] = field(default_factory=dict)
    accounts: list[AccountBook] = field(default_factory=list)
    named: Named | None = None

    @property
    def has_manager(self) -> bool:
        return self.story.is_vip or (self.story.code in ("affluent", "new") and self.place % 3 == 0)


class Population:
    """Draws party after party. Each has a random source of its own: the hundredth is the same in a bank of any size."""

    def __init__(self, *, seed: int, span: Span) -> None:
        self.seed, self.span = seed, span
        self.fake = Faker("zh_CN")

    def party(self, place: int) -> Party:
        rng = Random(f"{self.seed}/{place}")
        self.fake.seed_instance(f"{self.seed}/{place}")
        if place >= len(NAMED) and place % COMPANY_EVERY == COMPANY_EVERY - 1:
            return self._company(place, rng)
        return self._person(place, rng, NAMED[place] if place < len(NAMED) else None)

    def _person(self, place: int, rng: Random, named: Named | None) -> Party:
        story = named.story if named else rng.choices(PERSONS, [story.weight for story in PERSONS])[0]
        sex = named.sex if named else rng.choice(("female", "male"))
        branch = "SH01" if named else rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        born = date(named.born if named else rng.randint(1946, 2004), 1, 1) + timedelta(days=rng.randint(0, 364))
        path = story.path(rng)
        party = Party(
            place=place,
            number=str(100_001 + place),
            kind="person",
            name=named.name if named else self.fake.name_female() if sex == "female" else self.fake.name_male(),
            branch=branch,
            story=story,
            path=path,
            opened_on=self._opened_on(rng, path),
            sex=sex,
            birth_date=born,
            occupation=self.fake.job()[:80],
            education=rng.choice(EDUCATION),
            income=0 if story.code == "mass" and rng.random() < 0.4 else rng.randint(*story.income),
            named=named,
        )
        party.contact = {
            "national_id": national_id(AREAS[branch[:2]], born, sex, place),
            "phone": self.fake.phone_number(),
            "email": f"customer{place + 1}@example.com" if rng.random() < 0.7 else "",
            "address": f"{CITIES[branch[:2]]}市{self.fake.street_address()}",
        }
        if any(path):
            party.accounts = self._person_money(party, rng)
        return party

    def _person_money(self, party: Party, rng: Random) -> list[AccountBook]:
        money = PersonMoney(rng, self.span, party.number, party.branch, party.path, party.opened_on)
        money.live(income=party.income, is_asleep=party.story.status == "dormant")
        richest, is_awake = max(party.path), party.story.status == "active"
        age = self.span.last.year - (party.birth_date or self.span.last).year
        if is_awake and 28 <= age <= 55 and not party.named and rng.random() < 0.15:
            money.lend()
        if party.name == "吴军" or (is_awake and not party.named and richest > 100_000 and rng.random() < 0.06):
            currency = "HKD" if party.branch.startswith("SZ") else "USD"
            money.go_abroad(currency, round(richest * 0.01, -1))
        if is_awake and rng.random() < (0.5 if richest > 200_000 or party.named else 0.15):
            money.take_paper()
        if is_awake and not party.income and richest < 200_000:
            money.keep_little()
        for book in money.accounts:
            book.holders.append((party.place, "owner", "1"))
        card = credit_card(party.number, party.branch, money.accounts[0], party.income)
        return [*money.accounts, card] if card else money.accounts

    def _company(self, place: int, rng: Random) -> Party:
        story = rng.choices(COMPANIES, [story.weight for story in COMPANIES])[0]
        branch = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        city = CITIES[branch[:2]]
        path, number = story.path(rng), str(100_001 + place)
        party = Party(
            place=place,
            number=number,
            kind="company",
            name=f"{city}{rng.choice(WORDS)}{rng.choice(WORDS)}{rng.choice(TRADES)}有限公司",
            branch=branch,
            story=story,
            path=path,
            opened_on=self._opened_on(rng, path),
            occupation="",
        )
        party.contact = {
            "phone": f"021-6{rng.randint(1_000_000, 9_999_999)}",
            "email": f"office{place + 1}@example.com",
        }
        party.accounts = run_company(rng, self.span, number, branch, path, party.opened_on)
        for book in party.accounts:
            book.holders = [(place, "owner", "1"), (place - 1, "authorised", "0")]
        return party

    def _opened_on(self, rng: Random, path: Path) -> date:
        """Long ago; for who came late, in the first days of the month in which the path leaves nothing."""
        ago = self.span.first - timedelta(days=rng.randint(60, 5_000))
        if not any(path) or path[0] > 0:
            return ago
        return self.span.months[next(place for place, yuan in enumerate(path) if yuan)] + timedelta(
            days=rng.randint(0, 9)
        )


def national_id(area: str, born: date, sex: str, place: int) -> str:
    """18 digits with their check digit; the one before it is odd for men."""
    order = (place * 2 + (1 if sex == "male" else 0)) % 1000
    digits = f"{area}{born:%Y%m%d}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, CHECK_WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]
