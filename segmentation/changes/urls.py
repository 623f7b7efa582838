from django.urls import path

from segmentation.changes import views

urlpatterns = [
    path("changes/", views.ChangeList.as_view(), name="changes"),
    path("changes/<int:pk>/why/", views.ChangeWhy.as_view(), name="change_why"),
    path("change-rules/", views.ChangeRulesPage.as_view(), name="change_rules"),
    path("change-rules/<slug:code>/change/", views.ChangeRuleChange.as_view(), name="change_rule_change"),
]
