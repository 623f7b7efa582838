"""What happens to a customer's assets: yuan at each of the 15 months, the last one being the open month."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from crm.management.demo.span import MONTHS

Path = tuple[float, ...]


@dataclass(frozen=True)
class Story:
    """`path` draws the assets; `income` is the range of the monthly salary paid into the account, 0 for none."""

    code: str
    weight: float
    path: Callable[[Random], Path]
    income: tuple[int, int]
    status: str = "active"
    is_vip: bool = False


def within(low: float, high: float) -> Callable[[Random], Path]:
    """Stays between two levels, up and down a little each month."""

    def draw(rng: Random) -> Path:
        level = low * (high / low) ** rng.random()
        path = []
        for _ in range(MONTHS):
            level = min(max(level * rng.uniform(0.96, 1.05), low), high)
            path.append(level)
        return tuple(path)

    return draw


def steps(*levels: tuple[int, float]) -> Callable[[Random], Path]:
    """`(months, yuan)` one after the other, with a hundredth of noise; the last holds to the end."""

    def draw(rng: Random) -> Path:
        path = [yuan for months, yuan in levels for _ in range(months)]
        path += path[-1:] * (MONTHS - len(path))
        return tuple(yuan * rng.uniform(0.995, 1.005) for yuan in path[:MONTHS])

    return draw


def exactly(*levels: tuple[int, float]) -> Callable[[Random], Path]:
    """As `steps` without noise."""

    def draw(rng: Random) -> Path:
        path = [yuan for months, yuan in levels for _ in range(months)]
        return tuple(path + path[-1:] * (MONTHS - len(path)))

    return draw


def growing(start: tuple[float, float], end: tuple[float, float]) -> Callable[[Random], Path]:
    def draw(rng: Random) -> Path:
        low, high = rng.uniform(*start), rng.uniform(*end)
        bend = rng.uniform(0.6, 1.8)
        return tuple(low + (high - low) * (place / (MONTHS - 1)) ** bend for place in range(MONTHS))

    return draw


def late(months: int, low: float, high: float) -> Callable[[Random], Path]:
    """Nothing until the last `months`, then assets at once."""

    def draw(rng: Random) -> Path:
        level = rng.uniform(low, high)
        return tuple(0.0 if place < MONTHS - months else level for place in range(MONTHS))

    return draw


PERSONS = (
    Story("mass", 55, within(800, 45_000), (4_000, 11_000)),
    Story("affluent", 19, within(54_000, 185_000), (8_000, 20_000)),
    Story("gold", 8, within(215_000, 450_000), (14_000, 30_000), is_vip=True),
    Story("platinum", 4, within(530_000, 930_000), (20_000, 45_000), is_vip=True),
    Story("diamond", 2.4, within(1_080_000, 5_300_000), (0, 0), is_vip=True),
    Story("private", 0.6, within(6_600_000, 28_000_000), (0, 0), is_vip=True),
    Story("rising", 2, growing((25_000, 120_000), (230_000, 720_000)), (15_000, 35_000), is_vip=True),
    Story("saving", 2, growing((5_000, 40_000), (55_000, 150_000)), (9_000, 18_000)),
    Story("leaving", 1.6, growing((280_000, 700_000), (20_000, 90_000)), (0, 0), is_vip=True),
    Story("watched", 0.8, steps((12, 260_000), (3, 171_000)), (0, 0), is_vip=True),
    Story("recovered", 0.6, steps((9, 255_000), (2, 165_000), (4, 262_000)), (12_000, 20_000), is_vip=True),
    Story("nearly platinum", 0.8, growing((380_000, 420_000), (468_000, 492_000)), (22_000, 34_000), is_vip=True),
    Story("asleep", 0.5, within(900_000, 2_600_000), (0, 0), status="dormant", is_vip=True),
    Story("new", 1.6, late(3, 30_000, 260_000), (9_000, 24_000)),
    Story("frozen", 0.3, within(20_000, 120_000), (0, 0), status="frozen"),
    Story("prospect", 0.8, late(0, 0, 0), (0, 0), status="prospect"),
)
COMPANIES = (
    Story("small company", 55, within(40_000, 460_000), (0, 0)),
    Story("preferred company", 28, within(540_000, 4_600_000), (0, 0), is_vip=True),
    Story("key company", 12, within(5_400_000, 18_500_000), (0, 0), is_vip=True),
    Story("strategic company", 5, within(21_500_000, 66_000_000), (0, 0), is_vip=True),
)


@dataclass(frozen=True)
class Named:
    """A customer of `manager` whom every demo shows: what their page tells is known beforehand."""

    name: str
    sex: str
    born: int
    story: Story
    note: str
    next_in: int | None = None


def _of(path: Callable[[Random], Path], income: int, status: str = "active") -> Story:
    return Story("named", 0, path, (income, income), status=status, is_vip=True)


NAMED = (
    Named("张伟", "male", 1984, _of(exactly((6, 405_000), (4, 436_000), (4, 458_000), (1, 478_000)), 0),
          "询问大额存单利率，年终奖约 3 万元拟转入，距白金客户只差一步。", 2),
    Named("李娜", "female", 1979, _of(exactly((12, 262_000), (1, 188_000), (2, 151_000)), 0),
          "连续两个月低于金卡标准，资金转去买房首付，约定下周面谈。", 5),
    Named("王芳", "female", 1988, _of(exactly((9, 241_000), (6, 83_000)), 0),
          "已降为富裕客户，希望恢复服务费减免，介绍了代发工资方案。", -3),
    Named("刘洋", "male", 1968, _of(exactly((5, 9_400_000), (10, 12_600_000)), 0),
          "家族传承需求，邀请参加十二月私行沙龙。", 9),
    Named("陈敏", "female", 1961, _of(exactly((15, 2_380_000)), 0, status="dormant"),
          "电话未接通，账户一年无交易，建议上门拜访。", -12),
    Named("赵磊", "male", 1990, _of(exactly((13, 236_000), (2, 1_460_000)), 26_000),
          "公司股权变现到账，自本月起为钻石客户，推荐稳健理财组合。", 1),
    Named("黄丽", "female", 1975, _of(exactly((7, 430_000), (8, 570_000)), 31_000),
          "与先生周强的联名账户到期，续存一年。", 20),
    Named("周强", "male", 1973, _of(exactly((15, 190_000)), 28_000), "联名账户对账单改为电子版。", None),
    Named("吴军", "male", 1970, _of(exactly((15, 1_720_000)), 0), "女儿在美国读书，每季度购汇，关注美元利率。", 6),
    Named("徐静", "female", 1992, _of(exactly((10, 268_000), (2, 226_000), (1, 192_000), (2, 174_000)), 0),
          "换工作后工资不再由我行代发，正在观察期。", 3),
    Named("孙浩", "male", 1995, _of(exactly((4, 42_000), (4, 96_000), (4, 178_000), (3, 224_000)), 34_000),
          "新晋金卡客户，电话欢迎并介绍权益。", 30),
    Named("欧阳明", "male", 1958, _of(exactly((8, 5_600_000), (7, 6_350_000)), 0),
          "升级私人银行满半年，安排年度资产检视。", 14),
)  # fmt: skip
