"""The rules of the sheet, one function each; importing this package makes every one known."""

from casewright.law.traffic.rules import after, court, driver, evidence, notice, offers, threshold, time

__all__ = ["after", "court", "driver", "evidence", "notice", "offers", "threshold", "time"]
