"""Prospects: from the first contact to the first balance."""
