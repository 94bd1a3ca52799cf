"""Answers given before, for the same question asked again: only while sources, model and day are the same ones."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from datetime import date

from rolewise.advisor.answer import Answer, Ask, Timings, new_id
from rolewise.models import ChatModel

MOST_ANSWERS = 256


class KeptAnswers:
    """In memory only, the last 256. Each set of loaded parts has its own, so it ends with the sources that it stands on.

    The model is part of the key, and so is the date, which tells whether figures are old.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: OrderedDict[tuple[object, ...], Answer] = OrderedDict()

    def get(self, ask: Ask, model: ChatModel | None) -> Answer | None:
        """The complete answer to the same message after the same conversation, with an id and timings of its own."""
        started, key = time.perf_counter(), _key(ask, model)
        with self._lock:
            found = self._answers.get(key)
            if found is None:
                return None
            self._answers.move_to_end(key)
        took = round(time.perf_counter() - started, 4)
        timings = Timings(retrieve_s=took, first_token_s=took, total_s=took)
        return found.model_copy(update={"id": ask.id or new_id(), "timings": timings})

    def keep(self, ask: Ask, model: ChatModel | None, answer: Answer) -> None:
        with self._lock:
            self._answers[_key(ask, model)] = answer
            if len(self._answers) > MOST_ANSWERS:
                self._answers.popitem(last=False)


def _key(ask: Ask, model: ChatModel | None) -> tuple[object, ...]:
    return ask.question, ask.history, model, date.today()
