"""What a suggestion costs among 100,000 articles, against the bare reading of their titles (BENCH_ARTICLES=100000)."""

import os
from time import monotonic

import pytest
from django.db import connection
from django.utils import timezone

from service.knowledge.suggesting import MOST
from service.knowledge.words import terms_of
from service.models import Article
from tests.bench import bank
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
ARTICLES = int(os.environ.get("BENCH_ARTICLES", "100000"))
# of titles as banks write them: each term stands in one of fifty, "信用" in every fourth
TERMS = [
    "境外",
    "取现",
    "转账",
    "限额",
    "挂失",
    "补卡",
    "还款",
    "利率",
    "存单",
    "理财",
    "基金",
    "赎回",
    "外汇",
    "汇款",
    "开户",
    "销户",
    "密码",
    "短信",
    "账单",
    "积分",
    "年费",
    "分期",
    "贷款",
    "抵押",
    "评级",
]
SUBJECTS = ("信用卡境外取现失败", "手机银行转账限额怎么调整", "Cash abroad fails", "信用卡年费", "存单到期利率")
FILL = """
INSERT INTO service_article (code, topic, title_en, title_zh, words, terms, owner_id, review_on, number, version)
SELECT 'a' || n, 'cards', 'Title ' || n, t.title, t.title || n, ARRAY[
        (%(terms)s)[1 + n %% 25], (%(terms)s)[1 + (n / 25) %% 25], CASE n %% 4 WHEN 0 THEN '信用' ELSE 'x' || n %% 997 END, 'cash' || n %% 50
    ], %(owner)s, current_date + 90, 1, 1
FROM generate_series(1, %(articles)s) n
CROSS JOIN LATERAL (SELECT (%(terms)s)[1 + n %% 25] || (%(terms)s)[1 + (n / 25) %% 25] AS title) t
"""
RATIO = 2.0


def seconds(act) -> float:
    spent = []
    for _again in range(5):
        begun = monotonic()
        act()
        spent.append(monotonic() - begun)
    return sorted(spent)[2]


@pytest.mark.bench
def test_suggestions_are_quick_among_many_articles() -> None:
    user = UserFactory(agent=True)
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"terms": TERMS, "owner": user.pk, "articles": ARTICLES})
    bank.settle()
    bare = seconds(lambda: list(Article.objects.values_list("title_zh", flat=True)))
    rows = Article.objects.visible_to(user).current(timezone.localdate())
    asked = {each: seconds(lambda each=each: list(rows.alike(terms_of(each))[:MOST])) for each in SUBJECTS}
    ratios = {each: round(spent / bare, 2) for each, spent in asked.items()}
    print(f"\n{ARTICLES:,} articles: bare {bare:.3f} s, ratios {ratios}")
    assert max(ratios.values()) < RATIO
