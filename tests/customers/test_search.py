import pytest

from crm.identity.models import User
from customers.models import Customer
from customers.names import keys_of
from customers.querysets import parties
from tests.factories import ContactFactory, CustomerFactory

pytestmark = pytest.mark.django_db


def known_as(name: str, **fields) -> Customer:
    sort_key, pinyin, initials = keys_of(name)
    return CustomerFactory(name=name, sort_key=sort_key, pinyin=pinyin, initials=initials, **fields)


def names(text: str) -> set[str]:
    return set(Customer.objects.search(text).values_list("name", flat=True))


@pytest.fixture
def four(db: None) -> None:
    for number, name in enumerate(["张伟", "张文明", "李娜", "Ján Novák"]):
        known_as(name, number=f"880{number}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张伟", {"张伟"}),
        ("张", {"张伟", "张文明"}),
        ("文明", {"张文明"}),
        ("zhangwei", {"张伟"}),
        ("ZHANG WEI", {"张伟"}),
        ("zha", {"张伟", "张文明"}),
        ("zw", {"张伟", "张文明"}),
        ("zwm", {"张文明"}),
        ("z w", {"张伟", "张文明"}),
        ("li", {"李娜"}),
        ("novak jan", {"Ján Novák"}),
        ("Novák", {"Ján Novák"}),
        ("jn", {"Ján Novák"}),
        ("张 wei", {"张伟"}),
        ("8802", {"李娜"}),
        ("880", {"张伟", "张文明", "李娜", "Ján Novák"}),
        ("%", set()),
        ("xyz", set()),
    ],
)
def test_a_customer_is_found_by_name_pinyin_initials_and_number(four: None, text: str, found: set[str]) -> None:
    assert names(text) == found


def test_no_text_finds_everybody(four: None) -> None:
    assert len(names("  ")) == 4


@pytest.mark.parametrize("text", ["138 1234 5678", "+8613812345678", "110101199003078515"])
def test_a_whole_phone_number_or_id_document_finds_its_customer_and_a_part_does_not(text: str) -> None:
    ContactFactory(customer=CustomerFactory(name="李娜"))
    assert names(text) == {"李娜"}
    assert names(text[:-1]) == set()


def test_search_is_capped_within_the_reach_and_not_before(manager: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parties, "MATCHES", 2)
    for _ in range(5):
        known_as("张伟")
    known_as("张伟", manager=manager, number="mine")
    found = Customer.objects.visible_to(manager).search("张伟")
    assert [customer.number for customer in found] == ["mine"]
    assert Customer.objects.search("张伟").count() == 2


def test_search_keeps_annotations_and_order(four: None) -> None:
    found = Customer.objects.order_by("-sort_key", "pk").search("张")
    assert [customer.name for customer in found] == ["张文明", "张伟"]


@pytest.mark.parametrize(("text", "found"), [("ngwen", {"张文明"}), ("hahahaha", {"哈哈哈哈"}), ("hahahahaha", set())])
def test_a_long_spelling_is_found_as_a_whole_wherever_it_stands(four, text, found):
    known_as("哈哈哈哈", number="8809")
    assert names(text) == found
