"""What customers ask the bank to do: typed forms kept by admins, a second pair of eyes, and the day on which it is done.

The CRM posts no money: what was authorised is handed over to the bank's core.
"""
