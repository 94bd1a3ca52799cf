"""Opens the index in a process of its own and compares it with the corpus. Settings in JSON on standard input, findings out."""

from __future__ import annotations

import json
import sys

from rolewise.corpus import load_corpus
from rolewise.errors import RoleWiseError
from rolewise.index import MiniLM, Store
from rolewise.index.connection import Connection
from rolewise.index.encoder import DIMENSIONS
from rolewise.index.soundness import fault_of
from rolewise.settings import Settings


def main() -> None:
    seen: dict[str, object]
    settings = Settings.model_validate_json(sys.stdin.read())
    try:
        if settings.chroma_url:
            Connection(settings, read_s=10.0, waits=False).call(lambda client: client.heartbeat())
            seen = {"missing": 0, "surplus": 0}  # each process finds what it lacks there when it starts
        elif fault := fault_of(settings.index_folder, lambda _: None):  # opening it would set it aside
            seen = {"fault": f"The index in {settings.index_folder} is damaged: {fault}."}
        else:
            index = Store(settings.index_folder, MiniLM(settings.encoder_folder))
            index.nearest([DIMENSIONS**-0.5] * DIMENSIONS, 1)  # reads the vectors, which lie in files of their own
            have, want = index.ids(), {p.id for p in load_corpus(settings.corpus, settings.own_documents).passages}
            seen = {"missing": len(want - have), "surplus": len(have - want)}
    except RoleWiseError as error:
        seen = {"fault": str(error)}
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
