"""A model server as a process of its own, to be killed or halted: `python model_process.py PORT SECONDS_A_WORD`. It repeats the facts it is given."""

from __future__ import annotations

import re
import sys
import threading
import time

from model_server import Endpoint, Handler


def facts_of(handler: Handler) -> list[str]:
    """The facts that it was given, each with its number behind it, as a model is to say them."""
    _, body, _ = handler.endpoint.requests[-1]
    facts = re.findall(r"^\[(\d+)\] (.+)$", body["messages"][-1]["content"], re.M)
    return [f"{text} [{n}]" for n, text in facts]


def repeats_the_facts(handler: Handler, word_s: float = 0.005) -> None:
    """Every fact as a sentence, word by word, with so many seconds between them."""
    handler.head()
    for word in " ".join(facts_of(handler)).split(" "):
        handler.piece(word + " ")
        time.sleep(word_s)
    handler.piece("", finish="stop")
    handler.raw("data: [DONE]\n\n")


if __name__ == "__main__":
    word_s = float(sys.argv[2])
    Endpoint(lambda handler: repeats_the_facts(handler, word_s), models=("facts",), port=int(sys.argv[1]))
    threading.Event().wait()
