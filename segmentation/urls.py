from django.urls import include, path

from segmentation import views
from segmentation.behaviour.views import RfmPage
from segmentation.free_accounts import views as free_accounts
from segmentation.leakage import views as leakage
from segmentation.managed.urls import urlpatterns as managed
from segmentation.migration.views import MigrationPage, MovedList
from segmentation.outbox import views as outbox
from segmentation.reconciliation import views as reconciliation
from segmentation.safety.views import HeldBackList, HeldNight
from segmentation.segments import views as segments
from segmentation.standards.urls import urlpatterns as standards
from segmentation.value.urls import urlpatterns as value

urlpatterns = [
    path("", include("segmentation.next_product.urls")),
    path("", include("segmentation.changes.urls")),
    *standards,
    *value,
    *managed,
    path("tiers/", views.TiersPage.as_view(), name="tiers"),
    path("rules/", views.RulesPage.as_view(), name="rules"),
    path("rules/part/", views.RulePart.as_view(), name="rule_part"),
    path("drafts/", views.DraftList.as_view(), name="drafts"),
    path("drafts/new/", views.DraftAdd.as_view(), name="draft_add"),
    path("drafts/<int:pk>/", views.DraftPage.as_view(), name="draft"),
    path("drafts/<int:pk>/edit/", views.DraftEdit.as_view(), name="draft_edit"),
    path("drafts/<int:pk>/propose/", views.DraftPropose.as_view(), name="draft_propose"),
    path("drafts/<int:pk>/try/", views.DraftSimulate.as_view(), name="draft_simulate"),
    path("drafts/<int:pk>/drop/", views.DraftDrop.as_view(), name="draft_drop"),
    path("simulations/", views.SimulationList.as_view(), name="simulations"),
    path("simulations/<int:pk>/", views.SimulationPage.as_view(), name="simulation"),
    path("simulations/<int:pk>/progress/", views.SimulationProgress.as_view(), name="simulation_progress"),
    path("simulations/<int:pk>/movers/", views.MoverList.as_view(), name="simulation_movers"),
    path("waiver-policies/", views.WaiverPoliciesPage.as_view(), name="waiver_policies"),
    path("tiers/versions/<int:pk>/", views.SchemeVersionPage.as_view(), name="scheme_version"),
    path("tiers/versions/<int:pk>/again/", views.SchemeRollback.as_view(), name="scheme_rollback"),
    path("waiver-policies/<int:pk>/", views.WaiverPolicyPage.as_view(), name="waiver_policy"),
    path("waiver-policies/<int:pk>/again/", views.WaiverRollback.as_view(), name="waiver_rollback"),
    path("waivers/", views.WaiverList.as_view(), name="waivers"),
    path("waiver-postings/", outbox.BatchList.as_view(), name="postings"),
    path("waiver-postings/send/", outbox.SendPostings.as_view(), name="postings_send"),
    path("waiver-postings/answers/", outbox.AnswerPostings.as_view(), name="postings_answers"),
    path("waiver-postings/<int:pk>/", outbox.BatchPage.as_view(), name="posting_batch"),
    path("waiver-postings/<int:pk>/file/", outbox.PostingFile.as_view(), name="posting_file"),
    path("waiver-reconciliation/", reconciliation.ReconciliationPage.as_view(), name="reconciliation"),
    path("waiver-reconciliation/charges/", reconciliation.ReconciledCharges.as_view(), name="reconciled_charges"),
    path("waiver-checks/", leakage.CheckList.as_view(), name="waiver_checks"),
    path("waiver-checks/new/", leakage.CheckAdd.as_view(), name="waiver_check_add"),
    path("waiver-checks/<int:pk>/", leakage.CheckPage.as_view(), name="waiver_check"),
    path("waiver-checks/<int:pk>/progress/", leakage.CheckProgress.as_view(), name="waiver_check_progress"),
    path("waiver-checks/<int:pk>/charges/", leakage.LeakList.as_view(), name="leaks"),
    path("waiver-checks/<int:pk>/correct/", leakage.ProposeCorrection.as_view(), name="waiver_check_correct"),
    path("waivers/<int:pk>/reverse/", views.ReverseEntry.as_view(), name="waiver_reverse"),
    path("fee-charges/<int:pk>/waive/", views.WaiveCharge.as_view(), name="charge_waive"),
    path("customers/<int:pk>/free-account/", free_accounts.NameAccount.as_view(), name="customer_free_account"),
    path("free-accounts/<int:pk>/end/", free_accounts.EndNaming.as_view(), name="free_account_end"),
    path("overrides/", views.OverrideList.as_view(), name="overrides"),
    path("overrides/<int:pk>/end/", views.EndOverride.as_view(), name="override_end"),
    path("customers/<int:pk>/override/", views.ProposeOverride.as_view(), name="customer_override"),
    path("held-back/", HeldBackList.as_view(), name="held_back"),
    path("held-back/<int:pk>/", HeldNight.as_view(), name="held_night"),
    path("tier-migration/", MigrationPage.as_view(), name="tier_migration"),
    path("tier-migration/customers/", MovedList.as_view(), name="tier_migration_customers"),
    path("rfm/", RfmPage.as_view(), name="rfm"),
    path("segments/", segments.SegmentsPage.as_view(), name="segments"),
    path("segments/new/", segments.SegmentBegin.as_view(), name="segment_begin"),
    path("segments/overlap/", segments.OverlapPage.as_view(), name="segment_overlap"),
    path("segments/unclassified/", segments.UnclassifiedList.as_view(), name="segment_unclassified"),
    path("segments/snapshots/<int:pk>/", segments.SnapshotMembers.as_view(), name="segment_snapshot"),
    path("segments/<int:pk>/", segments.SegmentPage.as_view(), name="segment"),
    path("segments/<int:pk>/members/", segments.MemberList.as_view(), name="segment_members"),
    path("segments/<int:pk>/freeze/", segments.FreezeSegment.as_view(), name="segment_freeze"),
    path("customers/<int:pk>/segments/", segments.CustomerSegments.as_view(), name="customer_segments"),
    path("customers/<int:pk>/why/", views.WhyPage.as_view(), name="customer_why"),
    path("customers/<int:pk>/decisions/", views.DecisionsPage.as_view(), name="customer_decisions"),
    path("customers/<int:pk>/letter/", views.LetterPage.as_view(), name="customer_letter"),
]
