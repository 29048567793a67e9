"""Replaying a decision: today's code over the facts and values kept with it."""
