"""What crosses: enquiries out, answers in."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

PATH = "/v1/keeper-enquiries"
MOST = 100


class Keeper(BaseModel):
    """A keeper as DVLA records one. `since` is the day of acquisition."""

    model_config = ConfigDict(extra="ignore", str_max_length=200)
    kind: Literal["person", "organisation"] = "person"
    name: str = Field(min_length=1)
    address: list[str] = Field(min_length=2, max_length=8)
    since: date | None = None
    language: Literal["en", "cy"] = "en"


class Vehicle(BaseModel):
    """What DVLA records of the vehicle, to be compared with the image."""

    model_config = ConfigDict(extra="ignore", str_max_length=40)
    make: str = ""
    model: str = ""
    colour: str = ""


class Answer(BaseModel):
    """One answer to one enquiry."""

    model_config = ConfigDict(extra="ignore")
    enquiryId: str = Field(pattern=r"^K\d{1,18}$")  # noqa: N815 - the partner's own spelling
    status: Literal["keeper", "none", "abroad", "later"]
    keeper: Keeper | None = None
    vehicle: Vehicle = Vehicle()
