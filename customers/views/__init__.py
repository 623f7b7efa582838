from customers.views.contacts import RevealContact
from customers.views.customer import CustomerPage, TimelinePage
from customers.views.feeds import CloseFeed, FeedPage, FeedsPage
from customers.views.find import FindCustomer
from customers.views.interactions import InteractionList, LogInteraction, QuickLog
from customers.views.lists import CustomerList, TransactionList

__all__ = [
    "CloseFeed",
    "CustomerList",
    "CustomerPage",
    "FeedPage",
    "FeedsPage",
    "FindCustomer",
    "InteractionList",
    "LogInteraction",
    "QuickLog",
    "RevealContact",
    "TimelinePage",
    "TransactionList",
]
