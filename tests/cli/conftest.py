"""One solved scenario for all tests of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import QUICK, SMALL, run


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small scenario; nobody may change it."""
    folder = tmp_path_factory.mktemp("cli") / "small"
    assert run("solve", SMALL, "-o", folder, *QUICK).exit_code == 0
    return folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the command is run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
