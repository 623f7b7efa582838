"""Readings that characters have as surnames, where they differ from the usual ones; and surnames of two characters."""

SURNAMES: dict[str, tuple[str, ...]] = {
    "单": ("shan",), "單": ("shan",), "曾": ("zeng",), "解": ("xie",), "仇": ("qiu",), "查": ("zha",),
    "区": ("ou",), "區": ("ou",), "任": ("ren",), "华": ("hua",), "華": ("hua",), "朴": ("piao",),
    "盖": ("ge",), "蓋": ("ge",), "翟": ("zhai",), "缪": ("miao",), "繆": ("miao",), "尉": ("wei",),
    "乐": ("yue",), "樂": ("yue",), "员": ("yun",), "員": ("yun",), "贠": ("yun",), "覃": ("qin",),
    "冼": ("xian",), "洗": ("xian",), "折": ("she",), "黑": ("he",), "重": ("chong",), "秘": ("bi",),
    "种": ("chong",), "種": ("chong",), "逄": ("pang",), "繁": ("po",), "宓": ("fu",), "召": ("shao",),
    "车": ("che",), "車": ("che",), "臧": ("zang",), "藏": ("zang",), "祭": ("zhai",), "谌": ("chen",),
    "諶": ("chen",), "晟": ("cheng",), "隗": ("wei",), "郇": ("xun",), "郗": ("xi",), "应": ("ying",),
    "應": ("ying",), "宁": ("ning",), "甯": ("ning",), "葛": ("ge",), "褚": ("chu",), "相": ("xiang",),
    "石": ("shi",), "柏": ("bai",), "薄": ("bo",), "阚": ("kan",), "闞": ("kan",), "曲": ("qu",),
    "殷": ("yin",), "那": ("na",), "纪": ("ji",), "紀": ("ji",), "干": ("gan",), "卜": ("bu",),
    "牟": ("mu",), "沈": ("shen",), "長": ("zhang",), "行": ("xing",), "覀": ("xi",), "幺": ("yao",),
    "万俟": ("mo", "qi"), "尉迟": ("yu", "chi"), "尉遲": ("yu", "chi"), "澹台": ("tan", "tai"),
    "单于": ("chan", "yu"), "長孫": ("zhang", "sun"), "长孙": ("zhang", "sun"), "宿": ("su",),
}  # fmt: skip

_COMPOUND = (
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 司徒 司空 夏侯 宇文 长孙 長孫 轩辕 "
    "端木 百里 呼延 东郭 南宫 南宮 西门 西門 独孤 獨孤 万俟 闻人 澹台 淳于 单于 公羊 赫连 濮阳 申屠 太叔 仲孙 钟离 鲜于 "
    "闾丘 司寇 拓跋 第五 纳兰 完颜 叶赫"
)
COMPOUND = frozenset(_COMPOUND.split())
