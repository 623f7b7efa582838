from django.urls import path

from crm.approvals import views

urlpatterns = [
    path("", views.Inbox.as_view(), name="proposals"),
    path("mine/", views.MyProposals.as_view(), name="proposals_mine"),
    path("all/", views.ProposalList.as_view(), name="proposals_all"),
    path("together/", views.ApproveTogether.as_view(), name="proposals_together"),
    path("new/", views.NewProposal.as_view(), name="proposal_new"),
    path("new/<slug:kind>/", views.ProposePeople.as_view(), name="proposal_add"),
    path("deputies/", views.DeputyList.as_view(), name="deputies"),
    path("deputies/new/", views.AppointDeputy.as_view(), name="deputy_add"),
    path("deputies/<int:pk>/end/", views.EndDeputy.as_view(), name="deputy_end"),
    path("<int:pk>/", views.ProposalPage.as_view(), name="proposal"),
    path("<int:pk>/approve/", views.Approve.as_view(), name="proposal_approve"),
    path("<int:pk>/refuse/", views.Refuse.as_view(), name="proposal_refuse"),
    path("<int:pk>/withdraw/", views.Withdraw.as_view(), name="proposal_withdraw"),
    path("<int:pk>/link/", views.HandOver.as_view(), name="proposal_link"),
]
