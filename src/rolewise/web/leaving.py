"""An answer that its reader may leave at any moment, even while a sentence is still being worked on."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

from rolewise.advisor import Answer
from rolewise.chat_model import left_by_reader

WAIT_S = 0.2


@contextmanager
def leavable(stream: Callable[[], Generator[Answer]]) -> Iterator[Iterator[Answer | None]]:
    """The snapshots of `stream`, made in a thread of its own, and None in each fifth of a second that brings none.

    At the end of the context the stream ends, too: at once where it waits for the model, else with its next snapshot.
    Raises what the stream raises.
    """
    given: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
    left = threading.Event()

    def make() -> None:
        left_by_reader.set(left)
        with closing(stream()) as answers:
            for answer in answers:
                if left.is_set():
                    return
                given.put(answer)

    def read() -> Iterator[Answer | None]:
        while True:
            try:
                answer = given.get(timeout=WAIT_S)
            except queue.Empty:
                yield None
                continue
            if answer is None:
                made.result()
                return
            yield answer

    maker = ThreadPoolExecutor(1, "rolewise-answer")
    made = maker.submit(make)
    made.add_done_callback(lambda _: given.put(None))
    try:
        yield read()
    finally:
        left.set()
        maker.shutdown(wait=False)
