"""Who may charge, by which route proceedings may start, and whether they are specified (police conduct)."""

from casewright.law.charging import deciding
from casewright.law.charging.deciding import CaseToCharge, police_may_charge
from casewright.law.charging.routes import (
    ADULT,
    FROM,
    PROSECUTORS,
    ROUTES,
    Accused,
    Route,
    ask_route,
    first_lawful,
    plain,
    read_accused,
    routes,
)
from casewright.law.charging.specified import Proceedings, Standing, specified

__all__ = [
    "ADULT", "FROM", "PROSECUTORS", "ROUTES", "Accused", "CaseToCharge", "Proceedings", "Route", "Standing",
    "ask_route", "deciding", "first_lawful", "plain", "police_may_charge", "read_accused", "routes", "specified",
]  # fmt: skip
