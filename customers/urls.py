from django.urls import include, path

from customers import views
from customers.editing import views as editing
from customers.editing.watching import CustomerVersion
from customers.views import contact

urlpatterns = [
    path("imports/", include("customers.imports.urls")),
    path("", include("customers.attributes.urls")),
    path("", include("customers.contacting.urls")),
    path("", include("customers.statements.urls")),
    path("", include("customers.households.urls")),
    path("", include("customers.duplicates.urls")),
    path("", include("customers.companies.urls")),
    path("", include("customers.looks.urls")),
    path("", include("customers.past.urls")),
    path("", include("customers.completeness.urls")),
    path("", include("customers.registering.urls")),
    path("", include("customers.preferences.urls")),
    path("", include("customers.life_events.urls")),
    path("", include("customers.calls.urls")),
    path("", include("customers.voice.urls")),
    path("", include("customers.cards.urls")),
    path("", include("customers.documents.urls")),
    path("", include("customers.kyc.urls")),
    path("", include("customers.privacy.urls")),
    path("feeds/", views.FeedsPage.as_view(), name="feeds"),
    path("feeds/close/", views.CloseFeed.as_view(), name="feed_close"),
    path("feeds/<slug:kind>/", views.FeedPage.as_view(), name="feed"),
    path("customers/", views.CustomerList.as_view(), name="customers"),
    path("customers/find/", views.FindCustomer.as_view(), name="customer_find"),
    path("customers/<int:pk>/", views.CustomerPage.as_view(), name="customer"),
    path("customers/<int:pk>/timeline/", views.TimelinePage.as_view(), name="customer_timeline"),
    path("customers/<int:pk>/transactions/", views.TransactionList.as_view(), name="customer_transactions"),
    path("customers/<int:pk>/log/", views.LogInteraction.as_view(), name="customer_log"),
    path("customers/<int:pk>/version/<int:seen>/", CustomerVersion.as_view(), name="customer_version"),
    path("customers/<int:pk>/change/", editing.ChangeCustomer.as_view(), name="customer_change"),
    path("customers/<int:pk>/contact/", editing.ChangeContact.as_view(), name="customer_contact"),
    path("customers/<int:pk>/contact/<slug:kind>/", views.RevealContact.as_view(), name="customer_reveal"),
    path("customers/<int:pk>/status/", editing.ChangeStatus.as_view(), name="customer_status"),
    path("customers/<int:pk>/manager/", editing.AssignManager.as_view(), name="customer_manager"),
    path("interactions/", views.InteractionList.as_view(), name="interactions"),
    path("interactions/new/", views.QuickLog.as_view(), name="interaction_add"),
    path("interactions/<int:pk>/", contact.InteractionPage.as_view(), name="interaction"),
    path("interactions/<int:pk>/correct/", contact.CorrectInteraction.as_view(), name="interaction_correct"),
    path("interactions/<int:pk>/amend/", contact.AmendInteraction.as_view(), name="interaction_amend"),
]
