"""Build the folder of other people's style sheets, components and font that the pages use.

They are fetched by npm from ``package-lock.json`` (exact versions, integrity hashes) and never committed.
Crown, crest and the GDS Transport font may be used by services on GOV.UK only, which Casewright is not: they
are taken out here, and the build fails if any of them is left.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

GOVUK = Path("govuk-frontend/dist/govuk")
MOJ = Path("@ministryofjustice/frontend/moj")
FONT = Path("@fontsource-variable/atkinson-hyperlegible-next")
SHEETS = (GOVUK / "govuk-frontend.min.css", MOJ / "moj-frontend.min.css")
SCRIPTS = (GOVUK / "govuk-frontend.min.js", MOJ / "moj-frontend.min.js")
FONT_FILES = tuple(  # latin-ext has the letters of Welsh names: ŵ, ŷ
    f"atkinson-hyperlegible-next-{letters}-wght-normal.woff2" for letters in ("latin", "latin-ext")
)
NOT_OURS = ("GDS Transport", "@font-face", "govuk-crest", "logotype-crest", "logotype-crown", "url(/assets")


def build(modules: Path, target: Path) -> None:
    """Make the folder from npm's ``node_modules``, whole or not at all.

    :raises ValueError: if something that only GOV.UK services may use would be left in it
    """
    new = target.with_name(target.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    (new / "fonts").mkdir(parents=True)
    (new / "images").mkdir()
    for sheet in SHEETS:
        _sheet(modules / sheet, new)
    for script in SCRIPTS:
        words = (modules / script).read_text(encoding="utf-8")
        (new / script.name).write_text(re.sub(r"\n?//# sourceMappingURL=.*", "", words), encoding="utf-8")
    for name in FONT_FILES:
        shutil.copy(modules / FONT / "files" / name, new / "fonts" / name)
    shutil.copy(modules / FONT / "LICENSE", new / "fonts" / "OFL.txt")
    (new / "LICENCES.txt").write_text(_licences(modules), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    new.rename(target)


def stripped(sheet: str) -> str:
    """A style sheet without GOV.UK's own font, crown and crest; pictures are looked for beside it.

    :raises ValueError: if any of them would be left
    """
    words = re.sub(r"@font-face\s*{[^}]*}", "", sheet)
    words = re.sub(r"[a-z-]+:[^;{}]*govuk-crest[^;{}]*;?", "", words)
    words = re.sub(r"\"?GDS Transport\"?,\s*arial,\s*sans-serif", "var(--font, sans-serif)", words)
    words = words.replace("url(/assets/images/", "url(images/")
    words = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", words)
    left = [each for each in NOT_OURS if each in _without_selectors(words)]
    if left:
        raise ValueError(f"the fetched style sheet still has {', '.join(left)}")
    return words


def _without_selectors(sheet: str) -> str:
    """The sheet without class names, which may well say crest."""
    return re.sub(r"\.[A-Za-z][\w-]*", "", sheet)


def _sheet(source: Path, new: Path) -> None:
    words = stripped(source.read_text(encoding="utf-8"))
    (new / source.name).write_text(words, encoding="utf-8")
    for name in re.findall(r"url\(images/([\w.-]+)\)", words):
        shutil.copy(source.parent / "assets" / "images" / name, new / "images" / name)


def _licences(modules: Path) -> str:
    """Whose work this is and under which licence."""
    terms = (modules / "moment" / "LICENSE").read_text(
        encoding="utf-8"
    )  # the MIT Licence's text, without its holder
    return _HOLDERS + terms[terms.index("Permission is hereby granted") :]


_HOLDERS = """govuk-frontend: Copyright Crown Copyright (Government Digital Service), MIT Licence
@ministryofjustice/frontend: Copyright Crown Copyright (Ministry of Justice), MIT Licence
Atkinson Hyperlegible Next: SIL Open Font Licence 1.1, see fonts/OFL.txt

Changed for Casewright: crown, crest and the GDS Transport font were taken out. The MIT Licence:

"""
