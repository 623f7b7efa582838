from customers.models.accounts import (
    Account,
    AccountHolder,
    Balance,
    BalanceMonth,
    ExchangeRate,
    Product,
)
from customers.models.amendments import Amendment
from customers.models.arrangements import Card, Loan, StandingOrder
from customers.models.assessments import RiskAssessment
from customers.models.changes import HoldingChange, PastChange
from customers.models.channels import ContactChannel
from customers.models.checks import FieldCheck
from customers.models.consents import Consent, Purpose
from customers.models.contacts import Contact, Interaction
from customers.models.feeds import Feed, FeedClosing, ImportBatch
from customers.models.fees import FeeCharge, FeeType
from customers.models.flags import Flag
from customers.models.households import Household, HouseholdMember
from customers.models.import_profiles import ImportProfile
from customers.models.life_events import LifeEvent
from customers.models.merges import Duplicate, Merge, Sign
from customers.models.moves import AddressChange
from customers.models.parties import Customer
from customers.models.preferences import KnownFrom, Preference
from customers.models.registrations import Origin, RegistrationDraft
from customers.models.statements import StatementPrint
from customers.models.transactions import Transaction, TransactionMonth

__all__ = [
    "Account",
    "AccountHolder",
    "AddressChange",
    "Amendment",
    "Balance",
    "BalanceMonth",
    "Card",
    "Consent",
    "Contact",
    "ContactChannel",
    "Customer",
    "Duplicate",
    "ExchangeRate",
    "FeeCharge",
    "FeeType",
    "Feed",
    "FeedClosing",
    "FieldCheck",
    "Flag",
    "HoldingChange",
    "Household",
    "HouseholdMember",
    "ImportBatch",
    "ImportProfile",
    "Interaction",
    "KnownFrom",
    "LifeEvent",
    "Loan",
    "Merge",
    "Origin",
    "PastChange",
    "Preference",
    "Product",
    "Purpose",
    "RegistrationDraft",
    "RiskAssessment",
    "Sign",
    "StandingOrder",
    "StatementPrint",
    "Transaction",
    "TransactionMonth",
]
