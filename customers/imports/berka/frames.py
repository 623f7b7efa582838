"""Berka's records in the columns of our imports. Numbers are the bank's own ids; text fields are Czech abbreviations."""

import pandas as pd

from customers.imports.berka.files import LINE, Files

HEAD_OFFICE = "HO"
KINDS_BY_SYMBOL = {
    "SLUZBY": "statement_fee",
    "UROK": "interest",
    "SANKC. UROK": "sanction_interest",
    "SIPO": "household",
    "DUCHOD": "pension",
    "POJISTNE": "insurance",
    "UVER": "loan_payment",
}
KINDS_BY_OPERATION = {
    "VKLAD": "deposit",
    "VYBER": "withdrawal",
    "VYBER KARTOU": "card_withdrawal",
    "PREVOD Z UCTU": "collection",
    "PREVOD NA UCET": "remittance",
}
CREDIT = "PRIJEM"
FEE_SYMBOL, FEE = "SLUZBY", "statement"
LOAN_STATUS = {"A": "finished", "B": "unpaid", "C": "running", "D": "in_debt"}


def iso(dates: pd.Series) -> pd.Series:
    """YYMMDD of the twentieth century."""
    return "19" + dates.str[0:2] + "-" + dates.str[2:4] + "-" + dates.str[4:6]


def branches(files: Files) -> pd.DataFrame:
    """One head office, and a branch per district."""
    district = files["district"]
    head = pd.DataFrame(
        {LINE: ["1"], "code": HEAD_OFFICE, "name": "Head office", "parent": "", "level": "head_office", "region": ""}
    )
    frame = pd.DataFrame(
        {
            LINE: district[LINE], "code": district["a1"], "name": district["a2"], "parent": HEAD_OFFICE,
            "level": "branch", "region": district["a3"],
        }
    )  # fmt: skip
    return pd.concat([head, frame], ignore_index=True)


def customers(files: Files) -> pd.DataFrame:
    """birth_number is YYMMDD, with 50 added to the month of women. Names are not in the data."""
    client = files["client"]
    regions = dict(zip(files["district"]["a1"], files["district"]["a3"], strict=True))
    number = client["birth_number"]
    month = number.str[2:4].astype(int)
    is_woman = month > 50
    plain = number.str[0:2] + (month - 50 * is_woman).astype(str).str.zfill(2) + number.str[4:6]
    return pd.DataFrame(
        {
            LINE: client[LINE], "number": client["client_id"], "kind": "person",
            "sex": is_woman.map({True: "female", False: "male"}).astype(str), "birth_date": iso(plain),
            "region": client["district_id"].map(regions).fillna(""), "branch": client["district_id"],
        }
    )  # fmt: skip


def accounts(files: Files) -> pd.DataFrame:
    """All are current accounts: statements, standing orders, cards and payments hang on each."""
    account = files["account"]
    return pd.DataFrame(
        {
            LINE: account[LINE], "number": account["account_id"], "product": "current", "currency": "CZK",
            "opened_on": iso(account["date"]), "branch": account["district_id"],
        }
    )  # fmt: skip


def holders(files: Files) -> pd.DataFrame:
    disp = files["disp"]
    is_owner = disp["type"] == "OWNER"
    return pd.DataFrame(
        {
            LINE: disp[LINE], "account": disp["account_id"], "customer": disp["client_id"],
            "role": is_owner.map({True: "owner", False: "authorised"}).astype(str),
            "share": is_owner.map({True: "1", False: "0"}).astype(str), "reference": disp["disp_id"],
        }
    )  # fmt: skip


def cards(files: Files) -> pd.DataFrame:
    card = files["card"]
    return pd.DataFrame(
        {LINE: card[LINE], "number": card["card_id"], "holder": card["disp_id"], "kind": card["type"],
         "issued_on": iso(card["issued"])}
    )  # fmt: skip


def loans(files: Files) -> pd.DataFrame:
    loan = files["loan"]
    return pd.DataFrame(
        {
            LINE: loan[LINE], "number": loan["loan_id"], "account": loan["account_id"],
            "granted_on": iso(loan["date"]), "amount": loan["amount"], "payment": loan["payments"],
            "months": loan["duration"], "status": loan["status"].replace(LOAN_STATUS),
        }
    )  # fmt: skip


def standing_orders(files: Files) -> pd.DataFrame:
    order = files["order"]
    return pd.DataFrame(
        {
            LINE: order[LINE], "number": order["order_id"], "account": order["account_id"],
            "to_bank": order["bank_to"], "to_account": order["account_to"], "amount": order["amount"],
            "purpose": order["k_symbol"].replace(KINDS_BY_SYMBOL),
        }
    )  # fmt: skip


def transactions(files: Files) -> pd.DataFrame:
    trans = files["trans"]
    by_symbol = trans["k_symbol"].map(KINDS_BY_SYMBOL).fillna("")
    by_operation = trans["operation"].map(KINDS_BY_OPERATION).fillna("")
    return pd.DataFrame(
        {
            LINE: trans[LINE], "id": trans["trans_id"], "account": trans["account_id"], "date": iso(trans["date"]),
            "amount": signed(trans), "kind": by_symbol.where(by_symbol != "", by_operation),
            "counterparty": (trans["bank"] + " " + trans["account"]).str.strip(), "description": trans["operation"],
        }
    )  # fmt: skip


def signed(trans: pd.DataFrame) -> pd.Series:
    """PRIJEM is a credit; VYDAJ and VYBER are debits."""
    return trans["amount"].where(trans["type"] == CREDIT, "-" + trans["amount"])


def fees(files: Files) -> pd.DataFrame:
    """Debits with the symbol SLUZBY are the fee for statements."""
    trans = files["trans"]
    charged = trans[(trans["k_symbol"] == FEE_SYMBOL) & (trans["type"] != CREDIT)].reset_index(drop=True)
    return pd.DataFrame(
        {
            LINE: charged[LINE], "id": charged["trans_id"], "account": charged["account_id"], "fee": FEE,
            "date": iso(charged["date"]), "amount": charged["amount"],
        }
    )  # fmt: skip


def balances(files: Files) -> pd.DataFrame:
    """The running sum of an account's signed amounts at the end of each day that has any, counted in hellers.

    The line is that of the day's last transaction.
    """
    trans = files["trans"]
    moved = pd.DataFrame(
        {"account": trans["account_id"], "date": iso(trans["date"]), "cents": signed(trans).map(_cents),
         LINE: trans[LINE].astype(int)}
    )  # fmt: skip
    days = moved.groupby(["account", "date"], as_index=False).agg({"cents": "sum", LINE: "max"})
    days["cents"] = days.groupby("account")["cents"].cumsum()
    days = days.sort_values(LINE, ignore_index=True)
    return pd.DataFrame(
        {LINE: days[LINE].astype(str), "account": days["account"], "date": days["date"],
         "balance": days["cents"].map(_crowns).astype(str)}
    )  # fmt: skip


def _cents(text: str) -> int:
    crowns, _, cents = text.lstrip("-").partition(".")
    value = int(crowns) * 100 + int(cents.ljust(2, "0") or 0)
    return -value if text.startswith("-") else value


def _crowns(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
