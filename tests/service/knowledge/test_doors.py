"""Articles on pages and over REST."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.approvals.models import Proposal
from service.models import Article, ArticleLink, ArticleRating, ArticleView
from tests.factories import TicketFactory
from tests.factories.knowledge import content, published

pytestmark = pytest.mark.django_db
API = "/api/v1/articles/"


def typed(**more) -> dict:
    return content(owner="agent", reason="Often asked") | more


def test_it_is_written_on_a_page_approved_read_rated_and_its_change_shown(agent, approver, signed_in, queries):
    writer, checker = signed_in(agent), signed_in(approver)
    refused = writer.post("/articles/add/", typed(owner="nobody", title_en="Kept words"))
    assert refused.status_code == 422 and "The owner is somebody" in refused.text and "Kept words" in refused.text
    assert writer.post("/articles/add/", typed()).status_code == 302
    proposal = Proposal.objects.get()
    shown = checker.get(f"/proposals/{proposal.pk}/").text
    assert "请先开通境外" in shown and "New article cash-abroad" in shown
    published(agent, approver, code="other", title_en="Other")
    checker.post(f"/proposals/{proposal.pk}/approve/", {"content_hash": proposal.content_hash})
    article = Article.objects.get(code="cash-abroad")
    with queries("articles"):
        assert "Cash from machines abroad" in writer.get("/articles/").text
    with queries("article"):
        page = writer.get(f"/articles/{article.pk}/").text
    assert "<strong>magnetic strip</strong>" in page and "<strong>磁条</strong>" in page
    assert writer.post(f"/articles/{article.pk}/rate/", {"helpful": "no", "words": "Which fee?"}).status_code == 302
    assert "did not help" in writer.get(f"/articles/{article.pk}/").text and ArticleRating.objects.get().words
    assert writer.post(f"/articles/{article.pk}/change/", typed(body_en="Unlock it.\r\nThen wait.")).status_code == 302
    assert "A change waits for approval" in writer.get(f"/articles/{article.pk}/").text
    again = Proposal.objects.latest("pk")
    assert again.content["body_en"] == "Unlock it.\nThen wait." and again.content["code"] == "cash-abroad"
    checker.post(f"/proposals/{again.pk}/approve/", {"content_hash": again.content_hash})
    version = writer.get(f"/articles/{article.pk}/versions/2/").text
    assert "<del>Unlock the **magnetic strip** first.</del>" in version and "<ins>Then wait.</ins>" in version
    assert writer.get(f"/articles/{article.pk}/versions/3/").status_code == 404


def test_the_list_finds_and_filters(agent, approver, signed_in):
    published(agent, approver, title_en="First")
    soon = (timezone.localdate() + timedelta(days=3)).isoformat()
    published(agent, approver, code="second", title_en="Second", topic="loans", review_on=soon, body_en="Repayment")
    Article.objects.filter(pk=published(agent, approver, code="third", title_en="Third").pk).update(
        withdrawn_on="2026-01-01"
    )
    browser = signed_in(agent)
    for asked, expected in {
        "": ["First", "Second"], "?which=due": ["Second"], "?which=withdrawn": ["Third"], "?which=all&topic=cards": ["First", "Third"],
        "?q=repayment": ["Second"], "?q=磁条": ["First", "Second"], "?owner=teller": [], "?which=current&q=first": ["First"],
    }.items():  # fmt: skip
        page = browser.get(f"/articles/{asked}").text
        assert [word for word in ("First", "Second", "Third") if word in page] == expected, asked


def test_use_is_counted_by_article(own, agent, approver, teller, signed_in, queries):
    article = published(agent, approver)
    browser = signed_in(teller)
    ticket = TicketFactory(customer=own.customer)
    browser.get(f"/articles/{article.pk}/")
    browser.post(f"/tickets/{ticket.pk}/articles/", {"article": article.pk})
    browser.post(f"/articles/{article.pk}/rate/", {"helpful": "yes"})
    with queries("article_use"):
        page = browser.get("/articles/use/")
    row = page.context["table"].data.data[0]
    assert (row.views, row.links, row.helpful, row.unhelpful) == (1, 1, 1, 0)
    assert ArticleView.objects.filter(user=teller).count() == 1


def test_a_subject_is_answered_while_it_is_typed_and_on_the_ticket(own, agent, approver, signed_in):
    article = published(agent, approver)
    browser = signed_in(agent)
    form = browser.get(f"/customers/{own.customer.pk}/ticket/").text
    assert 'hx-get="/articles/suggestions/"' in form and 'id="suggested"' in form
    assert "境外自动取款机取现" in browser.get("/articles/suggestions/?subject=境外取现失败").text
    assert browser.get("/articles/suggestions/").text.strip() == ""
    ticket = TicketFactory(customer=own.customer, subject="境外取现失败")
    page = browser.get(f"/tickets/{ticket.pk}/").text
    assert "境外自动取款机取现" in page and "Answered by" not in page
    begun = browser.get(f"/tickets/{ticket.pk}/?article={article.pk}")
    assert begun.context["reply_form"].initial["body"] == "请先开通境外**磁条**交易。"
    assert browser.get(f"/tickets/{ticket.pk}/?article=x").context["reply_form"].initial.get("body") is None
    assert browser.post(f"/tickets/{ticket.pk}/articles/", {"article": article.pk}).status_code == 302
    assert ArticleLink.objects.get().ticket == ticket and "Answered by" in browser.get(f"/tickets/{ticket.pk}/").text
    assert browser.post(f"/tickets/{ticket.pk}/articles/", {"article": "x"}).status_code == 404


def test_over_rest_it_is_found_suggested_linked_confirmed_and_withdrawn(own, agent, approver, api):
    client, ticket = api(agent), TicketFactory(customer=own.customer)
    made = client.post(
        "/api/v1/proposals/", {"kind": "article", "title": "Cash", "reason": "Asked", "content": content(owner="agent")}, format="json"
    )  # fmt: skip
    assert made.status_code == 201, made.json()
    article = published(agent, approver, code="second")
    url = f"{API}{article.pk}/"
    assert client.get(url).json()["body_zh"] == "请先开通境外**磁条**交易。"
    assert [each["code"] for each in client.get(f"{API}suggestions/?subject=境外取现").json()] == ["second"]
    assert [each["code"] for each in client.get(f"{API}?search=magnetic").json()["results"]] == ["second"]
    assert client.post(f"{url}link/", {"ticket": ticket.number}).status_code == 204
    assert client.post(f"{url}rate/", {"is_helpful": True}).status_code == 204
    assert client.post(f"{url}rate/", {"is_helpful": True}).status_code == 409
    later = (timezone.localdate() + timedelta(days=99)).isoformat()
    done = client.post(f"{url}confirm/", {"version": 1, "review_on": later})
    assert done.json()["review_on"] == later and done["ETag"] == '"2"'
    assert client.post(f"{url}withdraw/", {"version": 1, "reason": "Wrong"}).status_code == 409
    assert client.post(f"{url}withdraw/", {"version": 2, "reason": "Wrong"}).json()["withdrawn_on"]
    assert client.get(f"{API}suggestions/?subject=境外取现").json() == []
    assert client.get(f"{url}versions/").json()[0]["maker"] == "agent"
