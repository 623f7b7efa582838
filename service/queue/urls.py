from django.urls import path, re_path

from service.queue import acting, asking, desk, numbers, setup, waits, wall

urlpatterns = [
    path("queue/", desk.Desk.as_view(), name="queue"),
    path("queue/waiting/", desk.WaitingRows.as_view(), name="queue_waiting"),
    path("queue/take/", desk.Take.as_view(), name="queue_take"),
    path("queue/paper/", desk.EnterPaper.as_view(), name="queue_paper"),
    path("queue/paper/block/", numbers.PaperBlock.as_view(), name="queue_paper_block"),
    path("queue/next/", acting.CallNext.as_view(), name="queue_next"),
    path("queue/counters/<int:pk>/open/", acting.SitDown.as_view(), name="counter_open"),
    path("queue/counters/<int:pk>/leave/", acting.Leave.as_view(), name="counter_leave"),
    path("queue/numbers/", numbers.NumberList.as_view(), name="queue_numbers"),
    path("queue/numbers/<int:pk>/", numbers.NumberPage.as_view(), name="queue_number"),
    path("queue/numbers/<int:pk>/ticket/", numbers.Ticket.as_view(), name="queue_ticket"),
    path("queue/numbers/<int:pk>/transfer/", acting.Transfer.as_view(), name="queue_transfer"),
    re_path(
        r"^queue/numbers/(?P<pk>\d+)/(?P<do>recall|serve|finish|no-show)/$", acting.OfNumber.as_view(), name="queue_do"
    ),
    path("queue-waits/", waits.Waits.as_view(), name="queue_waits"),
    path("counters/", setup.CounterList.as_view(), name="counters"),
    path("counters/add/", setup.KeepCounter.as_view(), name="counter_add"),
    path("counters/queue/", setup.KeepBranchQueue.as_view(), name="branch_queue"),
    path("counters/queue/<int:pk>/wall/", setup.RenewWall.as_view(), name="wall_renew"),
    path("counters/<int:pk>/", setup.KeepCounter.as_view(), name="counter"),
    path("business-kinds/", setup.KindList.as_view(), name="business_kinds"),
    path("business-kinds/add/", setup.KeepKind.as_view(), name="business_kind_add"),
    path("business-kinds/<int:pk>/", setup.KeepKind.as_view(), name="business_kind"),
    path("queue-rules/", asking.QueueRulesPage.as_view(), name="queue_rules"),
    path("queue-rules/propose/", asking.ProposeQueueRules.as_view(), name="queue_rules_propose"),
    path("customers/<int:pk>/card-key/", desk.RememberCard.as_view(), name="customer_card_key"),
    path("wall/<uuid:key>/", wall.Wall.as_view(), name="queue_wall"),
]
