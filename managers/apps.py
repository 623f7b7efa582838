from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ManagersConfig(AppConfig):
    name = "managers"
    verbose_name = _("Relationship managers")

    def ready(self) -> None:
        from managers.advice.registration import register as register_advice
        from managers.assigning.registration import register as register_assigning
        from managers.books.registration import register as register_books
        from managers.cadence.registration import register as register_cadence
        from managers.day.registration import register as register_day
        from managers.events.registration import register as register_events
        from managers.events.subjects import register as register_guests
        from managers.gifts.registration import register as register_gifts
        from managers.handovers.registration import register as register_handovers
        from managers.leading.registration import register as register_leading
        from managers.meetings.registration import register as register_meetings
        from managers.prospects.registration import register as register_prospects
        from managers.referrals.registration import register as register_referrals
        from managers.requests.registration import register as register_requests
        from managers.sales.registration import register as register_sales
        from managers.staff.registration import register as register_staff
        from managers.targets.registration import register as register_targets
        from managers.teams.registration import register as register_teams
        from managers.todo.registration import register as register_todo
        from managers.todo.subjects import register as register_subjects

        register_books()
        register_handovers()
        register_assigning()
        register_teams()
        register_leading()
        register_staff()
        register_requests()
        register_targets()
        register_prospects()
        register_todo()
        register_subjects()
        register_sales()
        register_advice()
        register_events()
        register_guests()
        register_gifts()
        register_referrals()
        register_cadence()
        register_day()
        register_meetings()
