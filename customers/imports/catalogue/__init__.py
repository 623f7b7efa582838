"""The kinds of the customer ground."""

from customers.imports.catalogue.accounts import ACCOUNTS, CARDS, HOLDERS, LOANS, STANDING_ORDERS, TERMS
from customers.imports.catalogue.assessments import RISK_ASSESSMENTS
from customers.imports.catalogue.companies import COMPANY_EMPLOYEES, COMPANY_FIGURES
from customers.imports.catalogue.feeds import BALANCES, FEES, FX_RATES, INTERACTIONS, TRANSACTIONS
from customers.imports.catalogue.parties import BRANCHES, CUSTOMERS

KINDS = (
    BRANCHES,
    CUSTOMERS,
    ACCOUNTS,
    HOLDERS,
    TERMS,
    BALANCES,
    TRANSACTIONS,
    FEES,
    FX_RATES,
    INTERACTIONS,
    RISK_ASSESSMENTS,
    COMPANY_FIGURES,
    COMPANY_EMPLOYEES,
    CARDS,
    LOANS,
    STANDING_ORDERS,
)

__all__ = ["KINDS"]
