"""Triage: mails that fit no rule, and what a person says becomes of them."""
