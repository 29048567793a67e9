"""Matters: my day, worklists, search, one matter and all about it, notes."""
