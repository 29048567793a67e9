"""The demonstration made anew, with everything of it running: of the old one nothing stays, its files included."""

from __future__ import annotations

import json
from pathlib import Path

from tests.crash.rig import rig
from tests.crash.test_kills import give, settle


def test_a_demonstration_made_anew_keeps_no_file_of_the_old_one(tmp_path: Path) -> None:
    with rig(tmp_path) as made:
        given_file = give(made, 0)
        settle(made)
        made.drive("print_all")
        settle(made)
        secret = json.dumps([given_file.read_text().splitlines()[5]])
        assert json.loads(made.drive("where", secret)) != []
        assert "matters" in made.command("demo", "reset")
        assert json.loads(made.drive("where", secret)) == []
        _, _, unnamed = json.loads(made.drive("left_behind"))
        assert unnamed == 0
        assert made.drive("kept_whole") != "0"
