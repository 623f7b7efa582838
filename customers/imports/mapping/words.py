"""What the words of a file certainly mean. What is left out here is asked."""

from collections.abc import Iterable
from functools import cache

from django.utils.translation import override

from crm.identity.models import Branch
from customers.imports.columns import Column, Matching, Reference, Word
from customers.imports.kinds import Kind, kind_of
from customers.models import Product

# field -> what it may become -> how files say it; of a kind alone where the field's name means several things
WORDS: dict[str, dict[str, str]] = {
    "sex": {"male": "m 男 男性 男士 先生 man", "female": "f 女 女性 女士 小姐 woman"},
    "customers.kind": {
        "person": "个人 个人客户 自然人 对私 零售 零售客户 individual personal retail",
        "company": "公司 企业 公司客户 企业客户 法人 对公 corporate corporation enterprise",
        "institution": "金融机构 同业 金融同业 同业客户 金融同业客户",
    },
    "customers.status": {
        "prospect": "潜在 潜在客户 意向客户 lead",
        "active": "正常 活跃 有效 启用 normal",
        "dormant": "休眠 睡眠 不动户 睡眠户 久悬 inactive",
        "frozen": "冻结 blocked",
        "closed": "销户 已销户 注销 已注销 关闭 terminated",
        "deceased": "死亡 已故 身故 去世 dead",
    },
    "role": {
        "owner": "户主 本人 主持有人 账户持有人 holder primary",
        "joint": "联名 联名人 联名持有人 共同持有人 co-owner coowner",
        "authorised": "授权 授权人 代理人 授权代理人 被授权人 authorized",
    },
    "interactions.channel": {
        "branch": "网点 柜面 柜台 营业网点 counter",
        "phone": "电话 座机 手机 telephone call",
        "messenger": "微信 企业微信 企微 wechat wecom",
        "sms": "短信",
        "email": "邮件 电子邮件 邮箱 e-mail mail",
        "video": "视频 视频通话",
        "visit": "上门 拜访 走访 上门拜访",
        "event": "活动 沙龙",
        "app": "手机银行",
    },
    "transactions.channel": {
        "branch": "柜面 柜台 网点 counter",
        "machine": "atm 自助 自助设备 自助柜员机",
        "terminal": "pos pos机",
        "online": "网银 网上银行 手机银行 线上 internet web mobile",
    },
    "direction": {"out": "呼出 去电 外呼 outbound outgoing", "in": "呼入 来电 inbound incoming"},
    "level": {"head_office": "总行", "branch": "分行", "sub_branch": "支行"},
    # ISO 4217, by name and by number
    "currency": {
        "CNY": "cny rmb 人民币 人民币元 156", "USD": "usd 美元 840", "HKD": "hkd 港币 港元 344", "EUR": "eur 欧元 978",
        "GBP": "gbp 英镑 826", "JPY": "jpy 日元 日圆 392", "AUD": "aud 澳元 澳大利亚元 036", "CAD": "cad 加元 加拿大元 124",
        "CHF": "chf 瑞士法郎 756", "SGD": "sgd 新加坡元 新元 702", "NZD": "nzd 新西兰元 554", "KRW": "krw 韩元 韩国元 410",
        "THB": "thb 泰铢 764", "MOP": "mop 澳门元 446", "TWD": "twd 新台币 901", "CZK": "czk 203",
    },
}  # fmt: skip
# GB/T 2261.1: only where a column holds nothing else
SEX_BY_NUMBER = {"1": "male", "2": "female", "0": "", "9": ""}
TRUTHS = dict.fromkeys(["是", "有", "yes", "y", "t", "1"], "true") | dict.fromkeys(
    ["否", "无", "没有", "no", "n", "f", "0"], "false"
)
NAMED = {"identity_branch": Branch, "customers_product": Product}


def certain(kind: Kind, column: Column, words: Iterable[str]) -> dict[str, str]:
    """Of these words of the file those whose meaning is certain, with what they become."""
    words = list(words)
    if isinstance(column, Reference):
        return _named(column, words)
    if not isinstance(column, Word | Matching):
        return {}
    known = _declared(column) if column.label else _known(kind.name, column.name)
    found = {word: known[folded] for word in words if (folded := fold(word)) in known}
    if column.name == "sex" and words and {"1", "2"} & set(words) and set(words) <= set(SEX_BY_NUMBER):
        found |= {word: SEX_BY_NUMBER[word] for word in words}
    return found


def _declared(column: Column) -> dict[str, str]:
    """Of a column that a bank declared itself: its words, and of a truth the many ways to say yes and no."""
    words, labels = getattr(column, "words", ()), getattr(column, "labels", ())
    found = {fold(str(label)): word for word, label in zip(words, labels, strict=True)} | {
        fold(word): word for word in words
    }
    return found | (TRUTHS if set(words) == {"true", "false"} else {})


def fold(word: str) -> str:
    return word.strip().casefold()


@cache
def _known(kind: str, field: str) -> dict[str, str]:
    said = WORDS.get(f"{kind}.{field}") or WORDS.get(field, {})
    found = {folded: target for target, words in said.items() for folded in words.split()}
    column = next(column for column in kind_of(kind).columns if column.name == field)
    if isinstance(column, Word):
        found = {target: word for target, word in found.items() if word in column.words}
        for language in ("en", "zh-hans"):
            with override(language):
                found |= {fold(str(label)): word for word, label in zip(column.words, column.labels, strict=True)}
        found |= {fold(word): word for word in column.words}
    return found


def _named(column: Reference, words: list[str]) -> dict[str, str]:
    """Branches and products that the file calls by their name, where only one is called so."""
    model = NAMED.get(column.table)
    if model is None or not words:
        return {}
    codes = dict(model._default_manager.filter(code__in=words).values_list("code", "code"))
    rows = list(model._default_manager.filter(name__in=words).values_list("name", "code"))
    names = [name for name, _code in rows]
    return {name: code for name, code in rows if names.count(name) == 1 and name not in codes}
