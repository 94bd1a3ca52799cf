"""A model server as a process of its own, to be killed: `python model_process.py PORT`. It repeats the facts it is given."""

from __future__ import annotations

import re
import sys
import threading
import time

from model_server import Endpoint, Handler

_WORD_S = 0.005


def repeats_the_facts(handler: Handler) -> None:
    """Every numbered fact as a sentence with its number, word by word."""
    _, body, _ = handler.endpoint.requests[-1]
    facts = re.findall(r"^\[(\d+)\] (.+)$", body["messages"][-1]["content"], re.M)
    handler.head()
    for word in " ".join(f"{text} [{n}]" for n, text in facts).split(" "):
        handler.piece(word + " ")
        time.sleep(_WORD_S)
    handler.piece("", finish="stop")
    handler.raw("data: [DONE]\n\n")


if __name__ == "__main__":
    Endpoint(repeats_the_facts, models=("facts",), port=int(sys.argv[1]))
    threading.Event().wait()
