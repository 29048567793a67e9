"""Identifiers are read, put in one form, and a mistake is named by its character and the form that would fit."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from random import Random

import pytest

from casewright import law
from casewright.law import identifiers
from casewright.law.identifiers import NotValid, in_message, read
from casewright.law.identifiers.police import pnc_id

# The kinds of the public test vectors, in our words; those of a message must stand exactly as it carries them.
OURS = {
    "asn_variant": "asn", "asn_check": "asn", "urn_citizen_entered": "typed_reference", "pti_urn": "urn",
    "ou_code_format": "ou_code", "court_case_reference": "court_case", "nino_sjp": "ni_number",
    "postcode_cp": "postcode",
}  # fmt: skip
OF_A_MESSAGE = {"pti_urn", "ou_code_format", "court_case_reference", "nino_sjp", "driver_number"}


@pytest.mark.reference_data
def test_every_public_vector_is_read_as_its_source_reads_it() -> None:
    path = Path(os.environ["CASEWRIGHT_REFERENCE_DATA"]) / "validators" / "vectors.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    wrong = [row for row in rows if not _agrees(row)]
    assert not wrong
    assert len(rows) > 150


def _agrees(row: dict[str, str]) -> bool:
    kind = OURS.get(row["kind"], row["kind"])
    try:
        found = (in_message if row["kind"] in OF_A_MESSAGE else read)(kind, row["value"])
    except NotValid:
        return row["valid"] == "N"
    canonical = row["canonical"] or found.normal
    return row["valid"] == "Y" and canonical in {found.normal, found.shown}


@pytest.mark.parametrize(
    ("kind", "given", "normal", "shown"),
    [
        ("pnc_id", "79/163001B", "1979/0163001B", "1979/0163001B"),
        ("pnc_id", "00/223r", "2000/0000223R", "2000/0000223R"),
        ("pnc_id", "033Y", "2003/0000003Y", "2003/0000003Y"),
        ("pnc_id", "0273319Z", "2002/0073319Z", "2002/0073319Z"),
        ("cro", "65656/91H", "065656/91H", "065656/91H"),
        ("cro", "SF83/50058Z", "SF83/50058Z", "SF83/50058Z"),
        ("cro", "SF83/050058Z", "SF83/50058Z", "SF83/50058Z"),
        ("asn", "2005FF0500000000555P", "2005FF0500000000555P", "20/05FF/05/555P"),
        ("asn", "22FD112200001234560X", "22FD112200001234560X", "22/FD11/22/1234560X"),
        ("asn", "11a01zd0100000448754k", "11A01ZD0100000448754K", "11/A01ZD/01/448754K"),
        ("urn", "45/md/00002/20", "45MD0000220", "45MD0000220"),
        ("urn", "11AA2222233(s)/1", "11AA2222233", "11AA2222233(S)/1"),
        ("urn", "01ZD030", "01ZD030", "01ZD030"),
        ("ni_number", "aa 12 34 56 c", "AA123456C", "AA 12 34 56 C"),
        ("postcode", "ls14bt", "LS1 4BT", "LS1 4BT"),
        ("postcode", "gir0aa", "GIR 0AA", "GIR 0AA"),
        ("postcode", "ec1a1bb", "EC1A 1BB", "EC1A 1BB"),
        ("postcode", "w1a 1aa", "W1A 1AA", "W1A 1AA"),
        ("offence_code", "comL030", "COML030", "COML030"),
        ("offence_code", "SX03001A", "SX03001A", "SX03001A"),
        ("ou_code", "430000", "430000", "430000"),
        ("vrm", "qx25 rtl", "QX25RTL", "QX25 RTL"),
        ("driver_number", "ker99861065se9rm", "KER99861065SE9RM", "KER99861065SE9RM"),
    ],
)
def test_an_identifier_is_read_into_one_form(kind: str, given: str, normal: str, shown: str) -> None:
    found = read(kind, given)
    assert (found.kind, found.normal, found.shown) == (kind, normal, shown)
    assert read(kind, found.shown) == found


@pytest.mark.parametrize(
    ("kind", "given", "position", "likely"),
    [
        ("vrm", "QX2B RTL", 4, "QX28 RTL"),
        ("vrm", "0X25 RTL", 1, "OX25 RTL"),
        ("pnc_id", "79/16300lB", 9, "1979/0163001B"),
        ("pnc_id", "1941/2530830N", 13, "1941/2530830A"),
        ("cro", "85227/65G", 9, "085227/65L"),
        ("asn", "2202XC0200000000021D", 20, "2202XC0200000000021R"),
        ("asn", "1l01ZD0100000448754K", 2, "11/01ZD/01/448754K"),
        ("urn", "O1ZD0300108", 1, "01ZD0300108"),
        ("postcode", "CRO 2XX", 3, "CR0 2XX"),
        ("offence_code", "RT88I91", 5, "RT88191"),
        ("driver_number", "MORGA6570S4SM9BF", 10, "MORGA657054SM9BF"),
        ("ni_number", "AAl23456C", 3, "AA 12 34 56 C"),
        ("ou_code", "B01EF01?", None, ""),
        ("court_case", "97/1626/008395S", None, ""),
        ("typed_reference", "AB12345", None, ""),
        ("vrm", "not a mark", None, ""),
        ("vrm", "ABC l2D", 4, "ABC12D"),
        ("vrm", "A1230BC", 2, "AL23 OBC"),
        ("vrm", "IX25RTL", None, ""),
    ],
)
def test_a_mistake_is_named_by_its_character_and_what_would_fit(
    kind: str, given: str, position: int | None, likely: str
) -> None:
    with pytest.raises(NotValid) as refused:
        read(kind, given)
    assert (refused.value.position, refused.value.likely.replace(" ", "")) == (
        position,
        likely.replace(" ", ""),
    )
    assert refused.value.given == given
    assert refused.value.as_json()["error"] == str(refused.value)
    if likely and position:
        assert likely in str(refused.value)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("SMITH7020302JA9AB", "17"),
        ("MORGA637054SM9BF", "five letters, six figures"),
        ("MORGA613054SM9BF", "month"),
        ("MORGA600054SM9BF", "month"),
        ("MORGA656314SM9BF", "day"),
        ("MORGA652304SM9BF", "day"),
        ("MORGA657004SM9BF", "day"),
    ],
)
def test_a_driver_number_must_be_of_a_possible_birth(given: str, words: str) -> None:
    with pytest.raises(NotValid, match=words):
        read("driver_number", given)


def test_vector_m12_and_the_edges_of_a_month_of_birth() -> None:
    assert read("driver_number", "MORGA657054SM9BF").parts["born"] == "05/07/64"
    assert read("driver_number", "MORGA662314SM9BF").parts["born"] == "31/12/64"
    assert read("driver_number", "MORGA652294SM9BF").parts["born"] == "29/02/64"
    assert read("driver_number", "MORGA601014SM9BF").parts == {"surname": "MORGA", "born": "01/01/64"}
    assert read("driver_number", "KER99861065SE9RM").parts["surname"] == "KER"


def test_a_two_figure_year_above_this_one_is_of_the_last_century() -> None:
    this = law.CHECKED.year % 100
    assert pnc_id("79/163001B").normal.startswith("1979")
    assert pnc_id("02/73319Z", year=2002).normal == "2002/0073319Z"
    assert pnc_id("02/73319Z", year=2001).normal == "1902/0073319Z"
    assert (
        identifiers.read("pnc_id", f"{this}/1{identifiers.check_letter(int(f'{this}0000001'))}").normal[:2]
        == "20"
    )


@pytest.mark.parametrize(
    ("given", "form"),
    [
        ("QX25 RTL", "current"), ("Q123 ABC", "prefix"), ("ABC 123D", "suffix"), ("A 1", "dateless"),
        ("1234 AB", "dateless"), ("AXI 1234", "Northern Ireland"), ("IA 12", "Northern Ireland"),
        ("KAZ 999", "Northern Ireland"), ("ABC 123", "dateless"), ("101 D 234", "diplomatic"),
        ("101X234", "diplomatic"),
        ("12 AB 34", "military"), ("12345", "trade"), ("012 AB", "trade"),
    ],
)  # fmt: skip
def test_every_form_of_mark_current_and_past_is_known(given: str, form: str) -> None:
    assert read("vrm", given).parts["form"] == form


def test_nothing_and_an_unknown_kind_are_refused() -> None:
    for kind in identifiers.KINDS:
        with pytest.raises(NotValid, match=r"typed|No mark"):
            read(kind, "  ")
    with pytest.raises(law.InvalidFacts, match="kind cannot be moon"):
        read("moon", "1")


def test_a_message_carries_only_the_one_form() -> None:
    assert in_message("urn", "01ZD0300108").parts == {
        "force": "01",
        "unit": "ZD",
        "serial": "03001",
        "year": "08",
    }
    with pytest.raises(NotValid, match="carries this as 01ZD0300108") as refused:
        in_message("urn", "01zd0300108")
    assert refused.value.likely == "01ZD0300108"


def test_what_stands_behind_a_urn_is_a_defendant_and_never_a_year() -> None:
    assert read("urn", "01AB0123456/24").parts["defendant"] == "24"
    assert read("urn", "11AA2222233M").parts["split_or_merged"] == "M"
    assert "split_or_merged" not in read("urn", "11AA2222233").parts
    assert read("urn", "01ZD030").parts == {"force": "01", "unit": "ZD", "serial": "030"}


def test_parts_say_what_they_are() -> None:
    assert read("offence_code", "SX03001A").parts == {"source": "SX", "number": "001", "qualifier": "attempt"}
    assert read("offence_code", "RT88191").parts == {"source": "RT", "number": "191"}
    assert read("ou_code", "B01EF01").parts["top"] == "magistrates' court"
    assert read("ou_code", "430000").parts["top"] == "police"
    assert read("ou_code", "J430000").parts["top"] == "J"
    assert read("asn", "11/01ZD/01/448754K").parts == {
        "year": "11",
        "force": "01",
        "unit": "ZD",
        "system": "01",
    }
    assert read("court_case", "97/1626/008395Q").parts == {"year": "97", "court": "1626"}
    assert read("ni_number", "AA123456C").as_json()["parts"] == {"prefix": "AA", "suffix": "C"}
    assert read("cro", "SF05/482703J").parts == {"serial": "482703", "year": "05"}
    assert read("pnc_id", "79/163001B").parts == {"year": "1979", "serial": "163001"}
    assert read("postcode", "LS1 4BT").parts == {"outward": "LS1", "inward": "4BT"}


@pytest.mark.parametrize("kind", list(identifiers.KINDS))
def test_what_is_invented_is_right_in_form_and_differs(kind: str) -> None:
    dice = Random(7)
    made = [identifiers.invent(kind, dice) for _ in range(300)]
    assert all(read(kind, each) for each in made)
    assert len(set(made)) > 50
    read(kind, identifiers.KINDS[kind].example)


@pytest.mark.parametrize("kind", ["pnc_id", "cro", "asn"])
def test_any_one_wrong_figure_or_letter_is_noticed(kind: str) -> None:
    dice = Random(11)
    for _ in range(60):
        right = read(kind, identifiers.invent(kind, dice)).normal
        for letter in set(identifiers.CHECK_LETTERS) - {right[-1]}:
            with pytest.raises(NotValid):
                read(kind, right[:-1] + letter)
        place = right.index("/") - 1 if "/" in right else 12
        changed = str((int(right[place]) + 1) % 10)
        with pytest.raises(NotValid):
            read(kind, right[:place] + changed + right[place + 1 :])
