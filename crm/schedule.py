"""What beat asks for, in seconds. Each is a doorbell that may ring as often as one likes."""

BEAT = {
    "look": {"task": "crm.nightly.look", "schedule": 60.0},
    "seal": {"task": "crm.audit.tasks.seal", "schedule": 3600.0},
    "tidy": {"task": "crm.audit.tasks.tidy", "schedule": 3600.0},
    "forget simulations": {"task": "segmentation.forget_simulations", "schedule": 24 * 3600.0},
    "forget drafts": {"task": "customers.forget_drafts", "schedule": 24 * 3600.0},
    "find duplicates": {"task": "customers.find_duplicates", "schedule": 24 * 3600.0},
    "end calls": {"task": "customers.end_calls", "schedule": 300.0},
    "open tasks": {"task": "managers.open_tasks", "schedule": 3600.0},
    "hand over leavers": {"task": "managers.hand_over_leavers", "schedule": 3600.0},
    "due contacts": {"task": "managers.keep_due", "schedule": 3600.0},
    "escalate referrals": {"task": "managers.escalate_referrals", "schedule": 900.0},
    "subjects": {"task": "customers.privacy.tidy", "schedule": 24 * 3600.0},
    "watch clocks": {"task": "service.watch_clocks", "schedule": 60.0},
    "deal out tickets": {"task": "service.deal_out", "schedule": 60.0},
    "hand requests over": {"task": "service.hand_over", "schedule": 30.0},
    "miss call-backs": {"task": "service.miss_call_backs", "schedule": 60.0},
    "forget callers": {"task": "service.forget_callers", "schedule": 24 * 3600.0},
    "close solved tickets": {"task": "service.close_solved", "schedule": 3600.0},
    "articles due for review": {"task": "service.tell_due_articles", "schedule": 3600.0},
    "proposals": {"task": "crm.approvals.tasks.tick", "schedule": 900.0},
}
