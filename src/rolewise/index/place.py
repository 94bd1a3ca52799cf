"""Where the index lives: in a folder of this machine, or in a Chroma server that several processes share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from rolewise.corpus import Corpus
from rolewise.errors import IndexFault
from rolewise.home import adopt, refuse_newer
from rolewise.index.embedder import MiniLM
from rolewise.index.server import ServerStore
from rolewise.index.store import Store, SyncReport
from rolewise.settings import Settings


class Index(Protocol):
    """What `Store` and `ServerStore` have in common."""

    @property
    def place(self) -> str: ...
    @property
    def notice(self) -> str: ...
    def sync(self, corpus: Corpus, progress: Callable[[int, int], None] = ...) -> SyncReport: ...
    def rebuild(self, corpus: Corpus, progress: Callable[[int, int], None] = ...) -> SyncReport: ...
    def nearest(
        self, embedding: list[float], k: int, where: dict[str, Any] | None = None
    ) -> list[tuple[str, float]]: ...


def open_index(settings: Settings, embedder: MiniLM, tell: Callable[[str], None] = lambda text: None) -> Index:
    """The index that the settings name; `tell` gets lines for people about a folder that is mended. Raises IndexFault and HomeFault.

    With a server, the index folder holds no more than what each process can make again by itself.
    """
    refuse_newer(settings.home)
    if settings.chroma_url is None:
        store = Store(settings.index_folder, embedder, tell=tell)
        adopt(settings.home)
        return store
    try:
        settings.index_folder.mkdir(parents=True, exist_ok=True)
        adopt(settings.home)
    except OSError as error:
        raise IndexFault(
            f"The folder {settings.index_folder} cannot be made ({error.strerror or error}). Nothing was changed. "
            "Point ROLEWISE_HOME to a folder that can be written."
        ) from error
    return ServerStore(settings, embedder)
