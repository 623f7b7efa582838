from crm.base.navigation import FEW, navigation
from crm.base.panels import NavigationEntry
from crm.base.slots import contributions


def opened(user, path: str) -> dict[str, bool]:
    return {str(group.label): group.is_open for group in navigation(user, path)}


def test_who_may_open_much_finds_the_day_the_customers_and_the_group_of_the_page_unfolded(head):
    at_home, at_pipeline = opened(head, "/"), opened(head, "/pipeline/board/")
    assert {label for label, is_open in at_home.items() if is_open} == {"My day", "Customers"}
    assert {label for label, is_open in at_pipeline.items() if is_open} == {"My day", "Customers", "Sales"}


def test_who_may_open_little_finds_all_of_it(agency):
    assert sum(len(group.links) for group in navigation(agency, "/")) <= FEW
    assert all(opened(agency, "/").values())


def test_a_folded_group_tells_what_its_entries_count(head, monkeypatch):
    entries = contributions("navigation")
    counting = NavigationEntry("Pipeline", "pipeline", "x", "sales", "", count=lambda user: 3)
    monkeypatch.setattr("crm.base.navigation.contributions", lambda _slot: [*entries, counting])
    (sales,) = [group for group in navigation(head, "/") if group.label == "Sales"]
    assert sales.count == 3 and not sales.is_open
