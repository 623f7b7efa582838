from customers.models.accounts import (
    Account,
    AccountHolder,
    Balance,
    BalanceMonth,
    ExchangeRate,
    Product,
)
from customers.models.amendments import Amendment
from customers.models.arrangements import Card, Loan, StandingOrder, Term
from customers.models.assessments import RiskAssessment
from customers.models.attributes import Attribute, AttributeValue
from customers.models.blanks import BlankMovement, BlankStock
from customers.models.calls import Call
from customers.models.cards import CardDesign, CardOrder
from customers.models.changes import HoldingChange, PastChange
from customers.models.channels import ContactChannel
from customers.models.checks import FieldCheck
from customers.models.company_notes import CompanyNews, ContactPerson, Renewal, SiteVisit
from customers.models.consents import Consent, Purpose
from customers.models.contacts import Contact, Interaction
from customers.models.document_images import DocumentImage
from customers.models.documents import Document
from customers.models.erasures import Erasure
from customers.models.facilities import CreditLimit, Guarantee
from customers.models.feeds import Feed, FeedClosing, ImportBatch
from customers.models.fees import FeeCharge, FeeType
from customers.models.figures import CompanyFigure, FigureKind
from customers.models.flags import Flag
from customers.models.groups import CompanyGroup, GroupLimit, GroupMember
from customers.models.households import Household, HouseholdMember
from customers.models.import_profiles import ImportProfile
from customers.models.kyc import KycInterval, Risk, RiskRating
from customers.models.kyc_reviews import KycReview
from customers.models.life_events import LifeEvent
from customers.models.merges import Duplicate, Merge, Sign
from customers.models.moves import AddressChange
from customers.models.needs import Need
from customers.models.parties import Customer
from customers.models.preferences import KnownFrom, Preference
from customers.models.registrations import Origin, RegistrationDraft
from customers.models.relations import CompanyRelation, OutsideParty
from customers.models.spoilages import Spoilage
from customers.models.statements import StatementPrint
from customers.models.subject_exports import SubjectExport
from customers.models.transactions import Transaction, TransactionMonth

__all__ = [
    "Account",
    "AccountHolder",
    "AddressChange",
    "Amendment",
    "Attribute",
    "AttributeValue",
    "Balance",
    "BalanceMonth",
    "BlankMovement",
    "BlankStock",
    "Call",
    "Card",
    "CardDesign",
    "CardOrder",
    "CompanyFigure",
    "CompanyGroup",
    "CompanyNews",
    "CompanyRelation",
    "Consent",
    "Contact",
    "ContactChannel",
    "ContactPerson",
    "CreditLimit",
    "Customer",
    "Document",
    "DocumentImage",
    "Duplicate",
    "Erasure",
    "ExchangeRate",
    "FeeCharge",
    "FeeType",
    "Feed",
    "FeedClosing",
    "FieldCheck",
    "FigureKind",
    "Flag",
    "GroupLimit",
    "GroupMember",
    "Guarantee",
    "HoldingChange",
    "Household",
    "HouseholdMember",
    "ImportBatch",
    "ImportProfile",
    "Interaction",
    "KnownFrom",
    "KycInterval",
    "KycReview",
    "LifeEvent",
    "Loan",
    "Merge",
    "Need",
    "Origin",
    "OutsideParty",
    "PastChange",
    "Preference",
    "Product",
    "Purpose",
    "RegistrationDraft",
    "Renewal",
    "Risk",
    "RiskAssessment",
    "RiskRating",
    "Sign",
    "SiteVisit",
    "Spoilage",
    "StandingOrder",
    "StatementPrint",
    "SubjectExport",
    "Term",
    "Transaction",
    "TransactionMonth",
]
