"""Keeping a workspace: its files read again as they change, edited field by field, and never lost."""
