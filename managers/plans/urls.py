from django.urls import path

from managers.plans import changing, views

urlpatterns = [
    path("plans/", views.PlanList.as_view(), name="plans"),
    path("customers/<int:pk>/plan/", views.PlanOfCustomer.as_view(), name="customer_plan"),
    path("customers/<int:pk>/plan/new/", changing.DrawUp.as_view(), name="plan_draw_up"),
    path("plans/<int:pk>/change/", changing.ChangePlan.as_view(), name="plan_change"),
    path("plans/<int:pk>/review/", changing.ReviewPlan.as_view(), name="plan_review"),
    path("plans/<int:pk>/close/", changing.ClosePlan.as_view(), name="plan_close"),
    path("plans/<int:pk>/goals/new/", changing.SetGoal.as_view(), name="plan_goal_set"),
    path("plans/<int:pk>/actions/new/", changing.SetAction.as_view(), name="plan_action_set"),
    path("plans/goals/<int:pk>/drop/", changing.DropGoal.as_view(), name="plan_goal_drop"),
    path("plans/actions/<int:pk>/close/", changing.CloseAction.as_view(), name="plan_action_close"),
]
