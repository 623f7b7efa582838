"""A made-up bank of any size, made by the database itself, roll-ups included. Everything follows from the sizes."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

MONTHS = 13
LAST_MONTH = date(2026, 1, 1)  # months before it are closed; nights of it are measured
NAMES = {
    "surnames": [
        "zhang",
        "wang",
        "li",
        "zhao",
        "chen",
        "liu",
        "yang",
        "huang",
        "zhou",
        "wu",
        "xu",
        "sun",
        "ma",
        "zhu",
        "hu",
        "guo",
        "he",
        "gao",
        "lin",
        "luo",
    ],
    "syllables": [
        "wei",
        "fang",
        "na",
        "min",
        "jing",
        "li",
        "qiang",
        "lei",
        "yang",
        "yan",
        "jun",
        "jie",
        "juan",
        "yong",
        "ming",
        "tao",
        "chao",
        "xiu",
        "xia",
        "ping",
        "gang",
        "gui",
        "ying",
        "hua",
        "yu",
        "lan",
        "feng",
        "xin",
        "bo",
        "bin",
        "hao",
        "kai",
        "long",
        "jian",
        "guo",
        "hong",
        "mei",
        "xue",
        "ling",
        "dan",
        "ting",
        "yun",
        "cheng",
        "hui",
        "zhen",
        "rong",
        "shan",
        "qing",
        "sheng",
        "ning",
        "zhi",
        "ze",
        "mo",
        "han",
        "chen",
        "tian",
        "kun",
        "peng",
        "zhong",
        "dong",
        "liang",
        "shuai",
        "xiang",
        "nan",
        "xuan",
        "rui",
        "yi",
        "wen",
        "jia",
        "qi",
        "ran",
        "zi",
    ],
}
STATEMENTS = {
    "branch": """
        INSERT INTO identity_branch (id, code, name, level, region, path)
        SELECT 100000 + n, 'B' || n, 'Branch ' || n, 'branch', 'R' || n %% 7, '/HO/B' || n || '/' FROM generate_series(1, 50) n""",
    "product": """
        INSERT INTO customers_product (id, code, name, family, currency, risk, coefficient)
        VALUES (9001, 'bench', 'Bench deposit', 'deposit', '', 1, 1) ON CONFLICT DO NOTHING""",
    "customers": """
        INSERT INTO customers_customer (id, number, kind, name, pinyin, initials, sort_key, sex, region, occupation,
            education, language, branch_id, status, version, created_at, updated_at)
        SELECT n, 'N' || lpad(n::text, 9, '0'), 'person',
               substr('张王李赵陈刘杨黄周吴徐孙马朱胡郭何高林罗', n %% 20 + 1, 1) || chr(20000 + n * 7 %% 6000)
                   || chr(20000 + n * 13 %% 6000),
               surname || first || second, left(surname, 1) || left(first, 1) || left(second, 1),
               'zhang ' || md5(n::text), '', 'R' || n %% 7,
               '', '', '', 100001 + n %% 50, 'active', 1, now(), now()
        FROM generate_series(1, %(customers)s) n, LATERAL (
            SELECT (%(surnames)s::text[])[n %% 20 + 1] AS surname, (%(syllables)s::text[])[n * 7 %% 6000 %% 70 + 1] AS first,
                   (%(syllables)s::text[])[n * 13 %% 5987 %% 71 + 1] AS second
        ) spelled""",
    "accounts": """
        INSERT INTO customers_account (id, number, product_id, currency, opened_on)
        SELECT n, 'A' || n, 9001, 'CNY', date '2020-01-01' FROM generate_series(1, %(accounts)s) n""",
    "holders": """
        INSERT INTO customers_accountholder (id, account_id, customer_id, role, share, number)
        SELECT n, n, ((n - 1) * %(customers)s::bigint / %(accounts)s) + 1, 'owner', 1, ''
        FROM generate_series(1, %(accounts)s) n""",
    "balances": """
        INSERT INTO customers_balance (account_id, "on", amount)
        SELECT n, (%(last)s::date - make_interval(months => m) + interval '1 month' - interval '1 day')::date,
               1000 + (n * 37 + m * 101) %% 400000
        FROM generate_series(1, %(accounts)s) n, generate_series(1, %(months)s) m""",
    "balance months": """
        INSERT INTO customers_balancemonth (account_id, month, opening, closing, day_sum, last_on)
        SELECT account_id, date_trunc('month', "on")::date, before, amount,
               before * (extract(day FROM "on") - 1) + amount, "on"
        FROM (SELECT account_id, "on", amount,
                     coalesce(lag(amount) OVER (PARTITION BY account_id ORDER BY "on"), 0) AS before
              FROM customers_balance) b
        ORDER BY 1, 2""",
    "transactions": """
        INSERT INTO customers_transaction (booked_on, number, account_id, amount, kind)
        SELECT (%(last)s::date - make_interval(months => m) + make_interval(days => (n * 7 + k * 11) %% 28))::date,
               'T' || n || '-' || m || '-' || k, n, ((n * 31 + k * 17 + m * 7) %% 20000) - 9000, 'transfer'
        FROM generate_series(1, %(months)s) m, generate_series(1, %(accounts)s) n, generate_series(1, %(each)s) k
        WHERE k <= %(each)s - ((n + m) %% 13 < %(less)s)::integer""",
    "transaction months": """
        INSERT INTO customers_transactionmonth (account_id, month, credits, debits, payroll, count, last_on)
        SELECT account_id, date_trunc('month', booked_on)::date, coalesce(sum(amount) FILTER (WHERE amount > 0), 0),
               coalesce(-sum(amount) FILTER (WHERE amount < 0), 0), 0, count(*), max(booked_on)
        FROM customers_transaction GROUP BY 1, 2 ORDER BY 1, 2""",
}


@dataclass(frozen=True)
class Size:
    customers: int
    months: int = MONTHS

    @property
    def accounts(self) -> int:
        return self.customers * 5 // 2

    @property
    def each(self) -> int:
        """Transactions per account and month: 2 less every 13th part gives 10 million for 500,000 accounts."""
        return 2


def fill(size: Size) -> None:
    """Closed months of balances and transactions, thirteen of them unless less is said; the open month is empty."""
    parameters = {
        "customers": size.customers, "accounts": size.accounts, "months": size.months, "last": LAST_MONTH,
        "each": size.each, "less": 6, **NAMES,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SELECT customers_ensure_months(%s, %s)", [date(2024, 12, 1), date(2026, 2, 1)])
        for text in STATEMENTS.values():
            cursor.execute(text, parameters)
    settle()


def fill_customers(customers: int) -> None:
    """The customers and their branches alone."""
    with connection.cursor() as cursor:
        for name in ("branch", "customers"):
            cursor.execute(STATEMENTS[name], {"customers": customers, **NAMES})


def settle() -> None:
    """What autovacuum does meanwhile on a live server."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def charge(day: date) -> None:
    """The day's fees of every kind: each customer pays one on one day of 28, from the first account."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO customers_feecharge (number, account_id, fee_id, charged_on, amount, waived)
            SELECT 'F' || h.customer_id || %(day)s, min(h.account_id), t.id, %(day)s, 10 + h.customer_id %% 20, 0
            FROM customers_accountholder h, customers_feetype t
            WHERE h.customer_id %% 28 = extract(day FROM %(day)s::date) %% 28 GROUP BY h.customer_id, t.id""",
            {"day": day},
        )


def feed(day: date, *, share: float = 1.0) -> None:
    """A day's balances for a share of the accounts, with their roll-ups; the way an import leaves them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO customers_balance (account_id, "on", amount)
            SELECT id, %(day)s, 2000 + (id * 53 + extract(day FROM %(day)s::date)::bigint * 977) %% 500000
            FROM customers_account WHERE ((id - 1) / 5) %% 1000 < %(share)s * 1000""",
            {"day": day, "share": share},
        )
        cursor.execute(
            """
            INSERT INTO customers_balancemonth (account_id, month, opening, closing, day_sum, last_on)
            SELECT b.account_id, %(month)s, o.closing, b.amount, o.closing * (%(day)s - %(month)s) + b.amount, %(day)s
            FROM customers_balance b
            CROSS JOIN LATERAL (SELECT closing FROM customers_balancemonth m WHERE m.account_id = b.account_id
                                AND m.month < %(month)s ORDER BY m.month DESC LIMIT 1) o
            WHERE b."on" = %(day)s
            ORDER BY 1
            ON CONFLICT (account_id, month) DO UPDATE SET closing = excluded.closing, last_on = excluded.last_on,
                day_sum = customers_balancemonth.day_sum + excluded.closing
                    + customers_balancemonth.closing * (excluded.last_on - customers_balancemonth.last_on - 1)""",
            {"day": day, "month": day.replace(day=1)},
        )
    settle()
