"""Collision reports in the published STATS19 form."""
