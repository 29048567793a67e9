"""Try it: six steps on the live product; only in a demonstration."""
