import pytest

from customers.names import keys_of, typed


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("张伟", ("zhang wei", "zhangwei", "zw")),
        ("单雄信", ("shan xiong xin", "shanxiongxin", "sxx")),
        ("曾国藩", ("zeng guo fan", "zengguofan", "zgf")),
        ("欧阳修", ("ou yang xiu", "ouyangxiu", "oyx")),
        ("尉迟恭", ("yu chi gong", "yuchigong", "ycg")),
        ("吕布", ("lv bu", "lvbu", "lb")),
        ("重庆银行", ("chong qing yin hang", "chongqingyinhang", "cqyh")),
        ("阿卜杜拉·买买提", ("a bo du la mai mai ti", "abodulamaimaiti", "abdlmmt")),
        ("Jan Novak", ("jan novak", "jannovak", "jn")),
        ("Ján Novák", ("jan novak", "jannovak", "jn")),
        ("Seán O’Brien-Łukasz", ("sean obrien lukasz", "seanobrienlukasz", "sol")),
        ("ABC公司", ("abc gong si", "abcgongsi", "ags")),
        ("", ("", "", "")),
    ],
)
def test_a_name_is_found_by_pinyin_and_initials(name: str, keys: tuple[str, str, str]) -> None:
    assert keys_of(name) == keys


def test_a_surname_keeps_its_reading_only_in_front() -> None:
    assert keys_of("王单").pinyin == "wangdan"
    assert keys_of("单王").pinyin == "shanwang"


def test_a_company_of_many_characters_is_read_as_words_and_fits_the_columns() -> None:
    keys = keys_of("上海浦东发展银行股份有限公司" * 14)
    assert keys.sort_key.startswith("shang hai pu dong fa zhan yin hang")
    assert len(keys.sort_key) <= 400
    assert len(keys.initials) <= 80


@pytest.mark.parametrize(("text", "spelling"), [("Lü Bu", "lvbu"), ("ZHANG wei", "zhangwei"), ("Novák", "novak")])
def test_what_is_typed_is_spelt_like_pinyin(text: str, spelling: str) -> None:
    assert typed(text) == spelling
