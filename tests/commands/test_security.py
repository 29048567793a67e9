"""The bill of parts is whole and of the form CycloneDX asks for; an audit that reached no list says so."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from casewright.commands import known_weaknesses, security
from casewright.commands.bill_of_parts import CHECKOUT, NoLocks, bill
from casewright.foundation import clock

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
HEX = {"SHA-256": 64, "SHA-512": 128}


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return bill(CHECKOUT, at=AT)


def test_it_has_what_cyclonedx_1_6_requires(made: dict[str, Any]) -> None:
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made["serialNumber"])
    assert isinstance(made["version"], int)
    assert made["metadata"]["timestamp"] == "2026-11-23T09:00:00Z"
    references = [each["bom-ref"] for each in made["components"]]
    assert len(set(references)) == len(references)
    for each in (made["metadata"]["component"], *made["components"]):
        assert each["type"] in {"application", "library"}
        assert each["name"]
        assert each["version"]
    for each in made["components"]:
        assert re.fullmatch(r"pkg:(pypi|npm)/[\w.%/-]+@[\w.+!-]+", each["purl"])
        assert each["hashes"]
        assert all(re.fullmatch(rf"[0-9a-f]{{{HEX[one['alg']]}}}", one["content"]) for one in each["hashes"])
    (whole,) = made["dependencies"]
    assert set(whole["dependsOn"]) == set(references)


def test_no_locked_part_is_missing_and_no_part_of_the_tests_is_there(made: dict[str, Any]) -> None:
    lock = (CHECKOUT / "requirements" / "unit.lock").read_text(encoding="utf-8")
    locked = {line.split("[")[0].split("==")[0] for line in lock.splitlines() if re.match(r"[a-z0-9]", line)}
    found = {each["name"] for each in made["components"]}
    assert locked <= found
    assert {"django", "govuk-frontend", "@ministryofjustice/frontend"} <= found
    assert not {"pytest", "axe-core"} & found


def test_it_names_no_registry(made: dict[str, Any]) -> None:
    assert not re.search(r"https?:|pypi\.org|npmjs", json.dumps(made))


def test_without_lock_files_it_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(NoLocks, match=r"unit\.lock"):
        bill(tmp_path, at=AT)
    said = CliRunner().invoke(security.app, ["sbom", "--folder", str(tmp_path)])
    assert said.exit_code == 2


def auditor(folder: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int) -> Any:
    """pip-audit's place taken by a program that answers so, and what the command then says."""
    program = folder / "auditor.py"
    program.write_text(f"import sys; print({answer!r}); sys.exit({code})")
    monkeypatch.setattr(security, "_program", lambda: [sys.executable, str(program)])
    return CliRunner().invoke(security.app, ["audit"])


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("", 1),
        ("could not connect", 1),
        ('{"dependencies": []}', 0),
        ('{"dependencies": [{"name": "django", "skip_reason": "not found"}]}', 0),
        ("{}", 0),
        ("[]", 0),
    ],
)
def test_an_audit_that_reached_no_list_never_says_all_is_well(
    answer: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = auditor(tmp_path, monkeypatch, answer, code)
    assert said.exit_code == 1
    assert "nothing is known either way" in said.output


def test_a_known_weakness_is_named_with_its_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weak = {
        "name": "django",
        "version": "5.2.19",
        "vulns": [{"id": "CVE-2099-1", "fix_versions": ["5.2.99"]}],
    }
    said = auditor(tmp_path, monkeypatch, json.dumps({"dependencies": [weak]}), 1)
    assert said.exit_code == 1
    assert "django 5.2.19: CVE-2099-1, mended in 5.2.99" in said.output


def test_no_weakness_is_said_only_when_every_part_was_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {"name": "django", "version": "5.2.19", "vulns": []}
    assert auditor(tmp_path, monkeypatch, json.dumps({"dependencies": [whole]}), 0).exit_code == 0
    skipped = {"name": "x", "skip_reason": "not found"}
    said = auditor(tmp_path, monkeypatch, json.dumps({"dependencies": [whole, skipped]}), 0)
    assert said.exit_code == 1
    assert "Nothing could be said of: x" in said.output


def test_the_command_prints_the_bill_without_a_database() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "casewright", "security", "sbom"], capture_output=True, text=True, timeout=60
    )
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)["bomFormat"] == "CycloneDX"


def osv(name: str, *, ecosystem: str = "PyPI", modified: str = "", **affected: Any) -> dict[str, Any]:
    """One record of a list of known weaknesses, as OSV publishes it."""
    package = {"ecosystem": ecosystem, "name": name}
    return {
        "id": f"PYSEC-2099-{name}",
        "modified": modified or f"{clock.real():%Y-%m-%dT%H:%M:%SZ}",
        "affected": [{"package": package, **affected}],
    }


def events(*said: tuple[str, str]) -> dict[str, Any]:
    return {"ranges": [{"type": "ECOSYSTEM", "events": [dict([each]) for each in said]}]}


@pytest.mark.parametrize(
    ("version", "reached"),
    [
        ("4.2", False), ("5.0", True), ("5.1.9", True), ("5.2", False), ("5.2.1", False),
        ("6.0", True), ("6.0.3", True), ("6.0.4", False), ("not a version", True),
    ],
)  # fmt: skip
def test_a_weakness_reaches_the_versions_between_its_coming_and_its_mend(version: str, reached: bool) -> None:
    affected = events(
        ("introduced", "5.0"), ("fixed", "5.2"), ("introduced", "6.0"), ("last_affected", "6.0.3")
    )
    assert known_weaknesses.reaches(affected, version) is reached
    assert known_weaknesses.reaches({"versions": [version]}, version)


def a_list(folder: Path, *records: dict[str, Any], packed: bool = False) -> Path:
    """A list as a unit brings it in: a folder, or a zip."""
    folder.mkdir()
    for number, record in enumerate(records):
        (folder / f"{number}.json").write_text(json.dumps(record))
    return Path(shutil.make_archive(str(folder), "zip", folder)) if packed else folder


def asked(*lists: Path) -> Any:
    options = [word for each in lists for word in ("--list", str(each))]
    return CliRunner().invoke(security.app, ["audit", *options])


@pytest.mark.parametrize("packed", [False, True])
def test_a_list_brought_in_names_what_reaches_us_and_is_well_only_if_nothing_does(
    tmp_path: Path, packed: bool
) -> None:
    other = osv("govuk-frontend", ecosystem="npm", **events(("introduced", "0"), ("fixed", "0.0.1")))
    styles = a_list(tmp_path / "npm", other, packed=packed)
    weak = a_list(
        tmp_path / "weak", osv("Django", **events(("introduced", "0"), ("fixed", "99.1"))), packed=packed
    )
    well = a_list(
        tmp_path / "well", osv("Django", **events(("introduced", "0"), ("fixed", "0.1"))), packed=packed
    )
    said = asked(weak, styles)
    assert said.exit_code == 1
    assert re.search(r"pkg:pypi/django@[\d.]+: PYSEC-2099-Django, mended in 99\.1", said.output)
    said = asked(well, styles)
    assert said.exit_code == 0, said.output
    assert "0 known weaknesses reach them" in said.output


def test_a_list_of_one_ecosystem_never_says_all_is_well(tmp_path: Path) -> None:
    said = asked(a_list(tmp_path / "well", osv("Django", **events(("introduced", "0"), ("fixed", "0.1")))))
    assert said.exit_code == 1
    assert "says nothing of" in said.output


@pytest.mark.parametrize(("days", "code"), [(6, 0), (8, 1)])
def test_a_list_older_than_the_days_in_which_we_mend_never_says_all_is_well(
    tmp_path: Path, days: int, code: int
) -> None:
    day = f"{clock.real() - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"
    python = a_list(tmp_path / "pypi", osv("x", modified=day))
    said = asked(python, a_list(tmp_path / "npm", osv("y", ecosystem="npm", modified=day)))
    assert said.exit_code == code
    assert ("Bring a fresh one" in said.output) is bool(code)


def test_a_weakness_taken_back_reaches_nobody(tmp_path: Path) -> None:
    taken_back = osv("Django", **events(("introduced", "0"))) | {"withdrawn": "2099-01-01T00:00:00Z"}
    other = a_list(tmp_path / "npm", osv("y", ecosystem="npm"))
    assert asked(a_list(tmp_path / "pypi", taken_back), other).exit_code == 0


def test_what_is_no_list_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"no zip")
    for path in (tmp_path / "no.zip", tmp_path / "absent", tmp_path):
        said = asked(path)
        assert said.exit_code == 2
        assert "OSV records" in said.output


BOTH = [osv("x"), osv("y", ecosystem="npm")]
UNREADABLE = {
    "broken": '{"id": "PYSEC-1", "mod',
    "a list": "[1, 2]",
    "a list of records": json.dumps(BOTH),
    "no id": json.dumps({**osv("z"), "id": None}),
    "no moment": json.dumps({**osv("z"), "modified": "lately"}),
    "what it reaches is no table": json.dumps({**osv("z"), "affected": [1, 2]}),
    "nothing in its place": json.dumps({**osv("z"), "affected": None}),
    "a package that is none": json.dumps({**osv("z"), "affected": [{"package": 7}]}),
    "no text": "\x00\xff",
    "very deep": "[" * 100_000,
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("what", UNREADABLE)
def test_a_list_of_which_one_record_cannot_be_read_never_says_all_is_well(
    tmp_path: Path, what: str, packed: bool
) -> None:
    folder = a_list(tmp_path / "list", *BOTH)
    (folder / "z.json").write_text(UNREADABLE[what], encoding="latin-1")
    said = asked(Path(shutil.make_archive(str(folder), "zip", folder)) if packed else folder)
    assert said.exit_code == 2, said.output
    assert "z.json" in said.output
    assert isinstance(said.exception, SystemExit)


def test_a_zip_that_is_cut_short_or_holds_a_huge_record_is_refused_in_a_sentence(tmp_path: Path) -> None:
    packed = a_list(tmp_path / "cut", *BOTH, packed=True)
    content = bytearray(packed.read_bytes())
    content[40:60] = bytes(20)
    packed.write_bytes(content)
    huge = tmp_path / "huge.zip"
    with zipfile.ZipFile(huge, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bomb.json", b" " * (known_weaknesses.LARGEST + 1))
    for each, why in ((packed, "cannot be read whole"), (huge, "larger than any OSV record")):
        said = asked(each)
        assert said.exit_code == 2
        assert why in said.output


def test_a_list_covers_only_what_each_of_its_records_is_about(tmp_path: Path) -> None:
    mixed = osv("x")
    mixed["affected"] += osv("y", ecosystem="npm")["affected"]
    said = asked(a_list(tmp_path / "pypi", osv("z"), mixed))
    assert said.exit_code == 1
    assert "says nothing of" in said.output


def test_the_lists_of_both_unpacked_side_by_side_cover_both(tmp_path: Path) -> None:
    for name, record in (("pypi", osv("x")), ("npm", osv("y", ecosystem="npm"))):
        a_list(tmp_path / name, record)
    assert asked(tmp_path).exit_code == 0


def test_a_list_of_a_day_to_come_never_says_all_is_well(tmp_path: Path) -> None:
    to_come = a_list(tmp_path / "pypi", osv("x", modified="2999-01-01T00:00:00"))
    said = asked(
        to_come, a_list(tmp_path / "npm", osv("y", ecosystem="npm", modified="2999-01-01T00:00:00Z"))
    )
    assert said.exit_code == 1
    assert "a clock is wrong" in said.output


@pytest.mark.parametrize(
    "affected",
    [{}, {"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}, {"ranges": [{"type": "SEMVER"}]},
     {"ranges": [7]}, {"ranges": [{"type": "SEMVER", "events": [{"introduced": 0}]}]}],
)  # fmt: skip
def test_what_cannot_be_read_counts_as_reached(affected: dict[str, Any]) -> None:
    assert known_weaknesses.reaches(affected, "1.0")
