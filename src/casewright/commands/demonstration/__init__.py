"""The demonstration unit: an invented force, its people and a month of their work, relative to today."""
