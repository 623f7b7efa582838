"""Articles are written under four eyes, looked at again by a day, and suggested while they hold."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone, translation

from crm.approvals.services import approve
from crm.base.errors import RuleBroken
from crm.base.sql import run_text
from service.knowledge import services
from service.knowledge.rendering import rendered
from service.knowledge.reviewing import tell_due
from service.knowledge.sides import sides_of
from service.knowledge.suggesting import suggested
from service.knowledge.words import terms_of
from service.models import Article, ArticleLink, ArticleVersion, ArticleView
from tests.factories import TeamFactory, TicketFactory, UserFactory
from tests.factories.knowledge import content, proposed, published

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def titles(user, subject: str, on: date | None = None) -> list[str]:
    return [each.title for each in suggested(user=user, subject=subject, on=on or timezone.localdate())]


def test_somebody_else_publishes_what_one_writes_and_each_version_stays(agent, approver):
    proposal = proposed(agent)
    with pytest.raises(RuleBroken, match="Nobody decides what they proposed"):
        approve(proposal=proposal, content_hash=proposal.content_hash, by=agent)
    assert not Article.objects.exists()
    first = approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)
    article = published(agent, approver, title_en="Cash abroad")
    assert article == first.article and article.number == 2 and article.title_en == "Cash abroad"
    assert [each.content["title_en"] for each in article.versions.all()] == ["Cash abroad", "Cash from machines abroad"]
    with translation.override("zh-hans"):
        assert str(article) == "境外自动取款机取现"


def test_the_database_takes_no_version_that_nobody_approved_and_changes_none(agent, approver):
    version = published(agent, approver).versions.get()
    open_one = proposed(agent, title_en="Other")
    unapproved = {"number": 2, "content": open_one.content, "content_hash": open_one.content_hash, "proposal": open_one}
    with pytest.raises(DatabaseError, match="No approved proposal"), transaction.atomic():
        ArticleVersion.objects.create(
            article=version.article, effective_from=version.effective_from, published_at=timezone.now(), published_by=approver, **unapproved
        )  # fmt: skip


def test_a_version_never_changes(agent, approver):
    version = published(agent, approver).versions.get()
    with pytest.raises(DatabaseError, match="Cannot update"):
        ArticleVersion.objects.filter(pk=version.pk).update(number=7)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"code": "Cash Abroad"}, "code"),
        ({"topic": "weather"}, "topic"),
        ({"title_zh": " "}, "title_zh"),
        ({"body_en": "x" * 20_001}, "body_en"),
        ({"body_zh": "a\x00b"}, "body_zh"),
        ({"review_on": "2020-01-01"}, "review_on"),
        ({"review_on": "2027-02-30"}, "review_on"),
        ({"owner": "nobody"}, "owner"),
        ({"teams": ["unknown"]}, "teams"),
        ({"more": "yes"}, "content"),
    ],
)
def test_what_no_article_can_say_is_refused_beside_its_field(agent, said, field):
    with pytest.raises(RuleBroken) as refusal:
        proposed(agent, **said)
    assert refusal.value.field == field


def test_an_old_proposal_brings_nothing_back_that_was_withdrawn(agent, approver, head):
    article = published(agent, approver)
    waiting = proposed(agent, title_en="Cash, old words")
    services.withdraw(article=article, reason="The fee is wrong", by=head, at=timezone.now())
    with pytest.raises(RuleBroken) as refusal:
        approve(proposal=waiting, content_hash=waiting.content_hash, by=approver)
    assert refusal.value.code == "stale"
    assert published(agent, approver, title_en="Right again").withdrawn_on is None


def test_only_current_articles_are_suggested_the_most_alike_first(agent, approver):
    published(agent, approver)
    published(agent, approver, code="phone-cash", title_en="Cash by mobile phone", title_zh="手机银行取现", keywords="")
    published(agent, approver, code="loans", title_en="Early repayment of a loan", title_zh="贷款提前还款", keywords="")
    assert titles(agent, "在东京境外取现失败") == ["境外自动取款机取现"]
    assert titles(agent, "手机银行境外取现怎么办") == ["手机银行取现", "境外自动取款机取现"]
    assert titles(agent, "No cash from ATMs abroad?") == ["Cash from machines abroad"]
    assert titles(agent, "请问") == [] == titles(agent, "") == titles(agent, "It is what it is")
    services.withdraw(article=Article.objects.get(code="cash-abroad"), reason="Wrong", by=agent, at=timezone.now())
    assert titles(agent, "境外取现失败") == []
    after = timezone.localdate() + 181 * DAY
    assert titles(agent, "手机银行取现") and titles(agent, "手机银行取现", on=after) == []


def test_of_a_team_it_is_read_by_its_members_and_who_keeps_articles(agent, teller, manager, approver, stranger):
    team = TeamFactory(code="cards")
    team.members.add(teller)
    article = published(agent, approver, teams=["cards"])
    for user, sees in ((agent, True), (teller, True), (approver, True), (manager, False), (stranger, False)):
        assert Article.objects.visible_to(user).filter(pk=article.pk).exists() is sees, user
    assert titles(manager, "境外取现") == [] and titles(teller, "境外取现")
    with pytest.raises(RuleBroken, match="taken"):
        proposed(manager, title_en="Mine")


def test_words_are_found_in_titles_search_words_and_texts_of_both_languages(agent, approver):
    published(agent, approver)
    found = {text: Article.objects.search(text).count() for text in ("磁条", "magnetic 磁条", "atm", "", "磁卡", "?")}
    assert found == {"磁条": 1, "magnetic 磁条": 1, "atm": 1, "": 1, "磁卡": 0, "?": 0}


def test_who_keeps_it_confirms_or_withdraws_it_and_nobody_else(agent, approver, manager, head):
    article, later = published(agent, approver), timezone.localdate() + 300 * DAY
    with pytest.raises(RuleBroken, match="Only its owner"):
        services.confirm(article=article, review_on=later, by=manager, at=timezone.now())
    with pytest.raises(RuleBroken, match="within two years"):
        services.confirm(article=article, review_on=later + 999 * DAY, by=agent, at=timezone.now())
    assert services.confirm(article=article, review_on=later, by=agent, at=timezone.now(), version=1).review_on == later
    with pytest.raises(RuleBroken, match="in the meantime"):
        services.withdraw(article=article, reason="Wrong", by=head, at=timezone.now(), version=1)


def test_the_owner_is_told_once_and_the_heads_where_the_owner_left(agent, approver, head, east):
    soon = (timezone.localdate() + 10 * DAY).isoformat()
    published(agent, approver, review_on=soon)
    gone = UserFactory(teller=True, branch=east)
    published(gone, approver, code="other", review_on=soon)
    published(agent, approver, code="later")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    assert tell_due(at=timezone.now()) == 2 and tell_due(at=timezone.now()) == 0
    assert [each.text for each in agent.notifications.all() if "review" in each.text] == [
        "1 article is due for review."
    ]
    assert head.notifications.filter(text__contains="due for review").count() == 1


def test_it_is_rated_once_per_version_and_viewed_once_a_day(agent, approver, teller):
    article, now = published(agent, approver), timezone.now()
    services.rate(article=article, is_helpful=False, words="No fee", by=teller, at=now)
    with pytest.raises(RuleBroken, match="said already"):
        services.rate(article=article, is_helpful=True, by=teller, at=now)
    services.rate(article=published(agent, approver, title_en="With fee"), is_helpful=True, by=teller, at=now)
    version = services.newest(article)
    for moment in (now, now, now + DAY):
        services.view(version=version, by=teller, at=moment)
    assert ArticleView.objects.count() == 2


def test_a_ticket_is_linked_once_and_a_closed_one_not(own, agent, approver):
    article, now = published(agent, approver), timezone.now()
    ticket = TicketFactory(customer=own.customer)
    for _again in range(2):
        services.link_article(article=article, ticket=ticket, by=agent, at=now)
    assert ArticleLink.objects.count() == 1
    closed = TicketFactory(customer=own.customer, solved=True, status="closed")
    with pytest.raises(RuleBroken, match="closed"):
        services.link_article(article=article, ticket=closed, by=agent, at=now)


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>", "![x](https://a.example/b.png)",
     "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](&#106;avascript:alert(1))", '[x](https://a.example "\\" onclick=alert(1)")'],
)  # fmt: skip
def test_a_text_runs_nothing_and_fetches_nothing(text):
    html = rendered(text)
    assert not any(f"<{name}" in html for name in ("script", "img", "iframe"))
    assert 'href="javascript' not in html and 'href="data' not in html and '" onclick' not in html


def test_markdown_is_drawn_below_the_headings_of_the_page():
    html = rendered("### Fees\n\n- **1 %**\n- [list](https://bank.example/fees)")
    assert "<h2>Fees</h2>" in html and "<strong>1 %</strong>" in html and 'href="https://bank.example/fees"' in html


def test_two_versions_stand_side_by_side():
    before, after = content(body_en="One\nTwo\nThree"), content(body_en="One\n2\nThree\nFour", topic="loans")
    sides = {side.label: [(line.before, line.after) for line in side.lines] for side in sides_of(before, after)}
    assert sides == {
        "Topic": [("Cards", "Loans")],
        "Text in English": [("One", "One"), ("Two", "2"), ("Three", "Three"), ("", "Four")],
    }


def test_terms_are_pairs_of_characters_and_words():
    assert terms_of("境外取现 ATM-cards for the class") == ["境外", "外取", "取现", "atm", "card", "class"]


def test_the_serving_role_tells_owners_and_links(own, agent, approver, as_app_role):
    article = published(agent, approver, review_on=(timezone.localdate() + DAY).isoformat())
    assert tell_due(at=timezone.now()) == 1
    services.link_article(article=article, ticket=TicketFactory(customer=own.customer), by=agent, at=timezone.now())
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        run_text("DELETE FROM service_articleview")
