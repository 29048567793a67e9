"""What no file of the project may say: registry hosts, machine paths, inline script or style, secrets."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from tests.architecture import sources

LOCKS = [
    *sorted((sources.CHECKOUT / "requirements").glob("*.lock")),
    *sources.CHECKOUT.glob("package-lock.json"),
    *sources.CHECKOUT.glob("development/*/package-lock.json"),
]
HOSTS = re.compile(r"https?://|file:|pypi\.|npmjs|pythonhosted", re.IGNORECASE)
TEMPLATES = [
    each for each in sources.ours() if each.suffix == ".html" and each.is_relative_to(sources.PACKAGE)
]
INLINE = re.compile(
    r"<style\b|\sstyle\s*=\s*[\"']|<script(?![^>]*\bsrc\s*=)[^>]*>|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home|Users|tmp/plan)/\w")
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".html",
    ".css",
    ".js",
    ".json",
    ".in",
    ".lock",
    ".typ",
    ".csv",
    ".sql",
    "",
}


@pytest.mark.parametrize("lock", LOCKS, ids=sources.name)
def test_a_lock_file_names_no_registry_host(lock: Path) -> None:
    assert not HOSTS.findall(lock.read_text(encoding="utf-8"))


@pytest.mark.parametrize("lock", LOCKS, ids=sources.name)
def test_a_lock_file_has_a_hash_for_every_package(lock: Path) -> None:
    words = lock.read_text(encoding="utf-8")
    if lock.suffix == ".json":
        packages = {name: each for name, each in json.loads(words)["packages"].items() if name}
        assert packages
        assert all(each["integrity"].startswith("sha512-") for each in packages.values())
    else:
        blocks = re.split(r"\n(?=[a-z0-9])", words.strip())
        assert blocks
        assert all("--hash=sha256:" in block for block in blocks)


def test_the_lock_files_agree_on_every_version() -> None:
    unit, demo, dev = (_versions(f"{name}.lock") for name in ("unit", "demo", "dev"))
    assert unit.items() <= demo.items() <= dev.items()


def test_the_packaging_asks_for_what_the_requirements_ask_for() -> None:
    project = tomllib.loads((sources.CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    assert project["project"]["dependencies"] == []
    assert sorted(extras["unit"]) == _asked("unit")
    assert sorted(extras["embedded"]) == _asked("demo")
    assert sorted(project["dependency-groups"]["dev"]) == _asked("dev")


def test_templates_were_found() -> None:
    assert TEMPLATES


@pytest.mark.parametrize("template", TEMPLATES, ids=sources.name)
def test_a_template_has_no_inline_script_or_style(template: Path) -> None:
    assert not INLINE.findall(template.read_text(encoding="utf-8"))


def test_no_file_names_a_path_of_someones_machine() -> None:
    named = [
        f"{sources.name(path)}: {found.group()}"
        for path in sources.ours()
        if path.suffix in TEXT and path.resolve() != Path(__file__).resolve()
        for found in MACHINE_PATH.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not named


def test_no_file_holds_a_private_key() -> None:
    keys = [
        sources.name(path)
        for path in sources.ours()
        if path.suffix in TEXT and path.resolve() != Path(__file__).resolve()
        if re.search("-----BEGIN [A-Z ]*PRIVATE KEY", path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not keys


def test_the_only_skip_is_for_the_national_data_files() -> None:
    skips = [
        sources.name(path)
        for path in sources.ours()
        if path.suffix == ".py"
        and path.is_relative_to(sources.CHECKOUT / "tests")
        and path.resolve() != Path(__file__).resolve()
        and re.search(
            r"pytest\.skip|mark\.skip|importorskip|mark\.xfail|unittest\.skip",
            path.read_text(encoding="utf-8"),
        )
    ]
    assert not skips


def _versions(lock: str) -> dict[str, str]:
    words = (sources.CHECKOUT / "requirements" / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][\w.\[\],-]*)==([\w.+]+)", words, re.MULTILINE))


def _asked(kind: str) -> list[str]:
    lines = (sources.CHECKOUT / "requirements" / f"{kind}.in").read_text(encoding="utf-8").splitlines()
    return sorted(line for line in lines if line and line[0] not in "#-")
