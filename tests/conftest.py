"""What the tests share: a home with the real index and weights, the shipped corpus, an advisor, and the command."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

from rolewise import cli
from rolewise.advisor import Advisor
from rolewise.advisor.loading import parts_of
from rolewise.cli.terminal import ERR, OUT
from rolewise.corpus import Corpus, load_corpus
from rolewise.index import MiniLM, Store
from rolewise.settings import Settings, shipped_corpus
from weights_fixture import ensure_weights, test_home

if TYPE_CHECKING:
    from web_fixtures import ScriptedAdvisor

ROOT = Path(__file__).parents[1]
COMMAND = str(Path(sys.executable).with_name("rolewise"))

# What the person running the tests has chosen for their own RoleWise must not colour the tests.
for _field in Settings.model_fields:
    os.environ.pop(f"ROLEWISE_{_field.upper()}", None)
# Nor may the width of their terminal, or of none, wrap lines.
OUT.width = ERR.width = 300


@dataclass(frozen=True)
class Ran:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(shipped_corpus())


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the exported encoder, as `rolewise setup` makes it; once a session."""
    folder = tmp_path_factory.mktemp("encoder")
    made = MiniLM(folder)
    made.load()
    assert made.notice == ""
    return folder


@pytest.fixture(scope="session")
def embedder(encoder: Path) -> MiniLM:
    return MiniLM(encoder)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus, embedder: MiniLM, encoder: Path) -> Path:
    """A home as `rolewise setup` and a first start leave it: index and all that is kept beside it, encoder and weights."""
    home = tmp_path_factory.mktemp("home")
    weights = ensure_weights(test_home())
    settings = Settings(home=home)
    settings.models_folder.mkdir()
    (settings.models_folder / weights.name).symlink_to(weights)
    settings.encoder_folder.symlink_to(encoder, target_is_directory=True)
    store = Store(settings.index_folder, embedder)
    store.sync(corpus)
    parts_of(corpus, embedder, store, (None, ""), settings, lambda done, total: None)
    shutil.copytree(settings.index_folder, Settings(home=home, own=False).index_folder)  # which `rolewise eval` asks
    return home


def with_index(settings: Settings, home: Path) -> Settings:
    """Give the home of `settings` a copy of the shared one's index, so that only what is added to the corpus is embedded.

    The test may change and break it. The encoder is shared.
    """
    made = Settings(home=home)
    shutil.copytree(made.index_folder, settings.index_folder)
    settings.encoder_folder.symlink_to(made.encoder_folder.resolve(), target_is_directory=True)
    return settings


@pytest.fixture(scope="session")
def advisor(home: Path) -> Iterator[Advisor]:
    """The real advisor on the real index, in the sources' own words."""
    advisor = Advisor(Settings(home=home, model="none"))
    advisor.load()
    yield advisor
    advisor.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from web_fixtures import chromium  # brings the page with it, which most tests do without

    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> ScriptedAdvisor:
    """An advisor whose answers and pace are scripted, with a home for the feedback."""
    from web_fixtures import ScriptedAdvisor

    return ScriptedAdvisor(settings=Settings(home=tmp_path_factory.mktemp("scripted")))


@pytest.fixture(scope="session")
def scripted_address(scripted: ScriptedAdvisor) -> Iterator[str]:
    """Where its page is served, for all modules that ask nothing else of a server."""
    from web_fixtures import served

    with served(scripted) as address:
        yield address


@pytest.fixture(scope="module")
def address(scripted_address: str) -> str:
    """The page under test. A module that needs another server has a fixture of this name."""
    return scripted_address


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """The page that the tests of a module take turns with."""
    page = browser.new_context().new_page()
    yield page
    page.context.close()


@pytest.fixture
def page(window: Page, address: str) -> Page:
    """A page as a newcomer meets it."""
    from web_fixtures import anew

    anew(window, address)
    return window


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of Gradio's own copies."""
    folder = tmp_path_factory.mktemp("uploads")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(folder))
        yield folder


@pytest.fixture
def caused(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Counts, for docs/reliability.md, faults that were really caused, and fails where anything was lost by them."""

    def count(faults: int = 1, lost: Sequence[object] = ()) -> None:
        record_property("faults", faults)
        record_property("losses", len(lost))
        assert list(lost) == []

    return count


@pytest.fixture
def corpus_copy(tmp_path: Path) -> Path:
    """A copy of the shipped corpus folder to add to, edit and break."""
    return shutil.copytree(shipped_corpus(), tmp_path / "corpus")


def environment(**settings: object) -> dict[str, str]:
    """The environment of a `rolewise` process: `home="x"` becomes ROLEWISE_HOME=x. Wide, so that no line wraps."""
    chosen = {f"ROLEWISE_{name.upper()}": str(value) for name, value in settings.items()}
    return {**os.environ, "COLUMNS": "300", **chosen}


@pytest.fixture
def rolewise(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command's entry point in this process, where everything is loaded already."""

    def run(*arguments: str, stdin: str = "", **settings: object) -> Ran:
        with monkeypatch.context() as patch:
            for name, value in environment(**settings).items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["rolewise", *arguments])
            patch.setattr(sys, "stdin", io.StringIO(stdin))
            capsys.readouterr()
            try:
                cli.main()
                code = 0
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


def rolewise_process(*arguments: str, stdin: str = "", **settings: object) -> Ran:
    """Run the installed command as its own process."""
    done = subprocess.run(
        [COMMAND, *arguments],
        input=stdin,
        env=environment(**settings),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
