"""Collision reports: what was reported, and the decision that nobody is prosecuted."""
