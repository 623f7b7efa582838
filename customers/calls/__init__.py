"""Calls: a customer calls the phone centre and proves who they are; a manager calls a customer and logs it in two keys."""
