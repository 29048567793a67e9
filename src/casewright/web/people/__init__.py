"""Signing in and out, one's own settings, who may do what, and the demonstration's clock."""
