"""The limits: the least that could do the same. A slower baseline needs a decision record."""
