"""Whole-process figures, each beside its limit measured in the same interleaved run."""
