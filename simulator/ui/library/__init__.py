"""Choosing a call: cards, filters, and what to take next."""
