"""Meetings: what a manager and a customer agreed on, with its hour."""
