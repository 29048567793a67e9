"""What leaves the product, and what is read into it, goes through one place each."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from tests.architecture import sources

OPENS_CONNECTIONS = (
    "socket", "ssl", "http.client", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "telnetlib",
    "poplib", "imaplib", "smtplib", "xmlrpc", "socketserver", "asyncio",
)  # fmt: skip
THE_WAY_OUT = "src/casewright/foundation/outbound.py"
MAY_NAME_THEM = {
    THE_WAY_OUT: "the one place that opens connections",
    "src/casewright/interfaces/clamd/live.py": "names socket's types; the connection is outbound's",
    "src/casewright/interfaces/clamd/simulator.py": "plays the scanner: it listens on loopback and calls nobody",
    "src/casewright/commands/up.py": "asks its own web process on this machine, and looks for a free port there",
    "src/casewright/foundation/people/notices.py": "names smtplib's exception; Django sends to CASEWRIGHT_MAIL",
    "src/casewright/web/people/enrolment_mail.py": "names smtplib's exception; Django sends to CASEWRIGHT_MAIL",
}
READS_XML = ("xml", "lxml", "defusedxml", "xmltodict", "bs4", "html5lib", "untangle")
THE_XML_READER = "src/casewright/interfaces/safe_xml.py"  # to be made with the first interface that reads XML
READS_CODE = ("pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle")
THE_CSV_WRITER = "src/casewright/foundation/spreadsheets.py"
MAY_WRITE_CSV = {
    THE_CSV_WRITER: "the one writer",
    "src/casewright/interfaces/cameras/generator.py": "plays a camera site: what it writes is input, faults and all",
}


def imported(module: ast.Module) -> Iterator[str]:
    """Every module that is named in an import."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def naming(wanted: tuple[str, ...], allowed: set[str]) -> list[str]:
    """Our modules that import one of these, beside those that may."""
    return [
        f"{sources.name(path)}: {found}"
        for path in sources.modules()
        if sources.name(path) not in allowed
        for found in imported(sources.tree(path))
        if any(found == each or found.startswith(f"{each}.") for each in wanted)
    ]


def calling(names: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """Every call of something so named, with where it stands."""
    for path in sources.modules():
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                if name in names:
                    yield sources.name(path), node


def test_one_module_opens_connections() -> None:
    assert naming(OPENS_CONNECTIONS, set(MAY_NAME_THEM)) == []


def test_those_who_may_name_the_network_are_there_and_still_do() -> None:
    named = {said.split(":")[0] for said in naming(OPENS_CONNECTIONS, set())}
    assert named == set(MAY_NAME_THEM)


def test_xml_is_read_in_one_place_or_nowhere() -> None:
    assert naming(READS_XML, {THE_XML_READER}) == []


def test_nothing_that_comes_in_is_run_as_code() -> None:
    assert naming(READS_CODE, set()) == []
    ran = [
        where
        for where, call in calling({"eval", "exec", "compile", "__import__"})
        if isinstance(call.func, ast.Name)
    ]
    assert ran == []


def test_no_program_is_started_through_a_shell() -> None:
    shells = [
        where
        for where, call in calling({"run", "Popen", "call", "check_call", "check_output", "system", "popen"})
        for word in call.keywords
        if word.arg == "shell" and not (isinstance(word.value, ast.Constant) and word.value.value is False)
    ]
    assert shells == []
    assert [where for where, _ in calling({"system", "popen", "getoutput"})] == []


def test_one_module_writes_the_tables_that_leave() -> None:
    writers = {where for where, _ in calling({"writer", "DictWriter"})}
    assert writers - set(MAY_WRITE_CSV) == set()
    assert THE_CSV_WRITER in writers


@pytest.mark.parametrize("wanted", ["Markup", "mark_safe", "format_html", "SafeString"])
def test_no_python_calls_its_words_safe(wanted: str) -> None:
    assert [where for where, _ in calling({wanted})] == []


def test_no_template_calls_its_words_safe() -> None:
    pages = [
        each for each in sources.ours() if each.suffix == ".html" and each.is_relative_to(sources.PACKAGE)
    ]
    said = [sources.name(each) for each in pages for words in [each.read_text(encoding="utf-8")]
            if "|safe" in words.replace(" ", "") or "autoescape" in words]  # fmt: skip
    assert len(pages) > 50
    assert said == []
