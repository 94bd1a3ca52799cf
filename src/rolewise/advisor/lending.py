"""Which models are wording answers now, so that one taken out of use is closed after the last of its answers."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rolewise.advisor.work import Parts
from rolewise.models import ChatModel


class Lending:
    """Counts the answers that each model has under way."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: Counter[ChatModel] = Counter()
        self._retired: set[ChatModel] = set()

    @contextmanager
    def lent(self, current: Callable[[], Parts]) -> Iterator[Parts]:
        """What `current` gives, its model kept open for as long as the context lasts."""
        with self._lock:
            parts = current()
            if parts.model:
                self._answers[parts.model] += 1
        try:
            yield parts
        finally:
            if parts.model:
                with self._lock:
                    self._answers[parts.model] -= 1
                self._close_if_idle(parts.model)

    def retire(self, model: ChatModel | None) -> None:
        """Close a model that `current` gives no more: now, or after its last answer."""
        if model:
            with self._lock:
                self._retired.add(model)
            self._close_if_idle(model)

    def _close_if_idle(self, model: ChatModel) -> None:
        with self._lock:
            if model not in self._retired or self._answers[model]:
                return
            self._retired.remove(model)
            del self._answers[model]
        model.close()
