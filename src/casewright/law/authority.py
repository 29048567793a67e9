"""Authority: the citation of a statute, rule, case or guidance on which a statement of law rests."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Authority(NamedTuple):
    """One citation. `str()` gives the short form, for example "RTOA 1988 s.1(1)(c)"."""

    title: str
    provision: str = ""
    short: str = ""

    def __str__(self) -> str:
        return f"{self.short or self.title} {self.provision}".rstrip()

    @property
    def full(self) -> str:
        """The citation with the title in full: "Road Traffic Offenders Act 1988 s.1(1)(c)"."""
        return f"{self.title} {self.provision}".rstrip()

    def as_json(self) -> dict[str, str]:
        """The citation as plain strings."""
        return {"title": self.title, "provision": self.provision, "short": self.short}


def read(name: str) -> str:
    """The text of one of the library's own packaged data files."""
    return files("casewright.law").joinpath("data").joinpath(name).read_text(encoding="utf-8")


@cache
def titles() -> dict[str, str]:
    """Short title to full title of every instrument the catalogue cites by a short form."""
    loaded: dict[str, str] = tomllib.loads(read("titles.toml"))["titles"]
    return loaded


@cache
def cite(text: str) -> Authority:
    """Read a citation: "RTOA 1988 s.1(1)(c)" becomes its full title and its provision.

    What begins with no known short title (a reported case, a guidance page) is kept whole as the title.
    """
    for short in sorted(titles(), key=len, reverse=True):
        if text == short or text.startswith(short + " "):
            return Authority(titles()[short], text[len(short) :].strip(), short)
    return Authority(text)
