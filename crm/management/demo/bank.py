"""The bank itself: its tree of branches, the people who work there, its products, fees and rates."""

from dataclasses import dataclass
from decimal import Decimal

from crm.identity.models import Branch, User
from crm.identity.services import open_account, save_branch
from customers.models import FeeType, Product

BY = "demo_data"
HEAD_OFFICE, BRANCH, SUB_BRANCH = Branch.Level.values
BRANCHES = (
    ("HO", "总行 Head office", "", HEAD_OFFICE, "上海"),
    ("SH", "上海分行 Shanghai", "HO", BRANCH, "上海"),
    ("SH01", "静安支行 Jing'an", "SH", SUB_BRANCH, "上海"),
    ("SH02", "浦东支行 Pudong", "SH", SUB_BRANCH, "上海"),
    ("SH03", "徐汇支行 Xuhui", "SH", SUB_BRANCH, "上海"),
    ("BJ", "北京分行 Beijing", "HO", BRANCH, "北京"),
    ("BJ01", "西城支行 Xicheng", "BJ", SUB_BRANCH, "北京"),
    ("BJ02", "海淀支行 Haidian", "BJ", SUB_BRANCH, "北京"),
    ("SZ", "深圳分行 Shenzhen", "HO", BRANCH, "深圳"),
    ("SZ01", "南山支行 Nanshan", "SZ", SUB_BRANCH, "深圳"),
    ("SZ02", "福田支行 Futian", "SZ", SUB_BRANCH, "深圳"),
)
# how customers are spread over the sub-branches
WEIGHTS = {"SH01": 22, "SH02": 18, "SH03": 8, "BJ01": 16, "BJ02": 12, "SZ01": 14, "SZ02": 10}
Role = User.Role
STAFF = (
    ("manager", "陈静", Role.MANAGER, "SH01"),
    ("manager2", "周凯", Role.MANAGER, "SH02"),
    ("manager3", "许倩", Role.MANAGER, "SH03"),
    ("manager4", "马超", Role.MANAGER, "BJ01"),
    ("manager5", "林悦", Role.MANAGER, "BJ02"),
    ("manager6", "何伟", Role.MANAGER, "SZ01"),
    ("manager7", "罗敏", Role.MANAGER, "SZ02"),
    ("manager8", "唐宁", Role.MANAGER, "SH01"),
    ("teller", "孙婷", Role.TELLER, "SH01"),
    ("teller2", "高翔", Role.TELLER, "SH02"),
    ("agent", "郭雪", Role.AGENT, "HO"),
    ("head", "沈国强", Role.HEAD, "SH"),
    ("head2", "冯立", Role.HEAD, "BJ"),
    ("admin", "曹颖", Role.ADMIN, "HO"),
    ("approver", "严正", Role.APPROVER, "HO"),
    ("auditor", "方正明", Role.AUDITOR, "HO"),
    ("agency", "明察调研", Role.AGENCY, ""),
)
LOGINS = ("manager", "manager2", "teller", "agent", "head", "admin", "approver", "auditor", "agency")
Family = Product.Family
# code, name, family, currency, risk, coefficient, customer rate, transfer rate
PRODUCTS = (
    ("current", "活期存款 Current deposit", Family.DEPOSIT, "", 1, "1.0", "0.0005", "0.0120"),
    ("term", "定期存款 Term deposit", Family.DEPOSIT, "", 1, "1.0", "0.0120", "0.0210"),
    ("large_cd", "大额存单 Large certificate", Family.DEPOSIT, "CNY", 1, "1.0", "0.0155", "0.0215"),
    ("wealth", "稳健理财 Steady wealth", Family.FUND, "CNY", 2, "0.9", None, None),
    ("equity_fund", "股票基金 Equity fund", Family.FUND, "CNY", 4, "0.8", None, None),
    ("annuity", "年金保险 Annuity", Family.INSURANCE, "CNY", 1, "0.5", None, None),
    ("mortgage", "个人住房贷款 Mortgage", Family.MORTGAGE, "CNY", 1, "0", "0.0310", "0.0220"),
    ("company_current", "对公活期 Company current", Family.DEPOSIT, "", 1, "1.0", "0.0020", "0.0120"),
    ("company_loan", "流动资金贷款 Working capital loan", Family.LOAN, "CNY", 1, "0", "0.0435", "0.0220"),
    ("company_term", "对公定期 Company term", Family.DEPOSIT, "CNY", 1, "1.0", "0.0110", "0.0200"),
)
TOLD = ["name", "family", "currency", "risk", "coefficient", "customer_rate", "transfer_rate"]
FEES = (
    ("statement", "对账单费 Statement"),
    ("transfer", "转账手续费 Transfer"),
    ("foreign_transfer", "跨境汇款费 Foreign transfer"),
    ("small_balance", "小额账户管理费 Small balance"),
    ("account_keeping", "账户维护费 Account keeping"),
    ("safe_box", "保管箱年费 Safe-deposit box"),
)


@dataclass(frozen=True)
class Bank:
    """Database ids by code, and people by username."""

    branches: dict[str, int]
    regions: dict[str, str]
    staff: dict[str, User]
    products: dict[str, int]
    fees: dict[str, int]

    def manager_of(self, branch: str) -> User:
        place = self.branches[branch]
        return next(user for user in self.staff.values() if user.role == Role.MANAGER and user.branch_id == place)


def found_bank(*, password: str) -> Bank:
    branches: dict[str, Branch] = {}
    for code, name, parent, level, region in BRANCHES:
        branch = Branch(code=code, name=name, parent=branches.get(parent), level=level, region=region)
        branches[code] = save_branch(branch=branch, by=BY)
    staff = {
        username: open_account(username=username, name=name, role=role, branch=branches.get(code), by=BY)
        for username, name, role, code in STAFF
    }
    set_passwords(password)
    return Bank(
        branches={code: branch.pk for code, branch in branches.items()},
        regions={code: branch.region for code, branch in branches.items()},
        staff=staff,
        products=_products(),
        fees={fee.code: fee.pk for fee in FeeType.objects.bulk_create(FeeType(code=c, name=n) for c, n in FEES)},
    )


def set_passwords(password: str) -> None:
    """One hash for all demo logins: hashing is slow on purpose."""
    first = User.objects.get(username=LOGINS[0])
    first.set_password(password)
    User.objects.filter(username__in=LOGINS).update(password=first.password)


def _products() -> dict[str, int]:
    """A new bank starts with a few of the codes: they become ours."""
    made = Product.objects.bulk_create(
        map(_product, PRODUCTS), update_conflicts=True, unique_fields=["code"], update_fields=TOLD
    )
    return {product.code: product.pk for product in made}


def _product(row: tuple) -> Product:
    code, name, family, currency, risk, coefficient, customer_rate, transfer_rate = row
    return Product(
        code=code,
        name=name,
        family=family,
        currency=currency,
        risk=risk,
        coefficient=Decimal(coefficient),
        customer_rate=customer_rate and Decimal(customer_rate),
        transfer_rate=transfer_rate and Decimal(transfer_rate),
    )
