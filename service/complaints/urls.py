from django.urls import path

from service.complaints import papers, register, rule_views, views

urlpatterns = [
    path("complaint-rules/", rule_views.ComplaintRulesPage.as_view(), name="complaint_rules"),
    path("complaint-rules/propose/", rule_views.ProposeRules.as_view(), name="complaint_rules_propose"),
    path("complaint-rules/<int:pk>/", rule_views.RulesVersion.as_view(), name="complaint_rules_version"),
    path("complaint-rules/<int:pk>/again/", rule_views.RulesRollback.as_view(), name="complaint_rules_rollback"),
    path("complaints/", views.ComplaintList.as_view(), name="complaints"),
    path("complaints/register/", register.RegisterList.as_view(), name="complaint_register"),
    path("complaints/<int:pk>/", views.ComplaintPage.as_view(), name="complaint"),
    path("complaints/<int:pk>/answer/", views.Answer.as_view(), name="complaint_answer"),
    path("complaints/<int:pk>/declare/", views.Declare.as_view(), name="complaint_declare"),
    path("complaints/<int:pk>/extend/", views.Extend.as_view(), name="complaint_extend"),
    path("complaints/<int:pk>/acknowledge/", papers.Acknowledge.as_view(), name="complaint_acknowledge"),
    path("complaints/<int:pk>/letters/<int:letter>/", papers.LetterPaper.as_view(), name="complaint_letter"),
    path("complaints/<int:pk>/compensate/", papers.Compensate.as_view(), name="complaint_compensate"),
    path("complaints/<int:pk>/review/", papers.AskReview.as_view(), name="complaint_review"),
    path("complaints/<int:pk>/review/decide/", papers.DecideReview.as_view(), name="complaint_review_decide"),
]
