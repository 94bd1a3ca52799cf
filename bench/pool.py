"""What a pool costs: `python bench/pool.py [--seconds 20] [--grown 20000]` prints the measured figures of docs/scaling.md.

It starts real processes on this machine: `chroma run`, and `rolewise serve` once and twice, each with a home of its own, and
asks them the development questions over HTTP. Processor seconds are the figures to reckon with: those on the clock depend
on what else the machine does, which the load average tells. Needs Linux, and a home that `rolewise setup` has made (ROLEWISE_HOME).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import chromadb
import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from chroma_server import ChromaServer  # noqa: E402
from pool import Crowd, Process, app  # noqa: E402
from rolewise.corpus import load_corpus  # noqa: E402
from rolewise.index import MiniLM, Searcher, Store  # noqa: E402
from rolewise.index.server import ServerStore  # noqa: E402
from rolewise.settings import Settings, load_settings  # noqa: E402

_SEARCHES = 200
_DIMENSIONS = 384


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=20.0, help="how long each crowd asks")
    options.add_argument("--grown", type=int, default=20_000, help="vectors of the larger collection")
    chosen = options.parse_args()
    encoder = load_settings().encoder_folder
    print(f"{os.cpu_count()} cores, load average before {os.getloadavg()[0]:.1f}\n")
    with tempfile.TemporaryDirectory() as temp:
        folder = Path(temp)
        server = ChromaServer(folder / "chroma")
        server.start()
        try:
            searches(folder, server, encoder)
            crowds(folder, server, encoder, chosen.seconds)
            growth(server, chosen.grown)
        finally:
            server.kill()
    print(f"load average after {os.getloadavg()[0]:.1f}")


def searches(folder: Path, server: ChromaServer, encoder: Path) -> None:
    """A search in the folder and in the server, in turns, and what a look at a revision would add to each question."""
    corpus, embedder = load_corpus(load_settings().corpus), MiniLM(encoder)
    embedder.load()
    inside, shared = Store(folder / "index", embedder), ServerStore(Settings(chroma_url=server.url), embedder)
    inside.sync(corpus)
    filled = shared.sync(corpus).seconds
    found = ServerStore(Settings(chroma_url=server.url), embedder).sync(corpus).seconds
    queries = questions()[:_SEARCHES]
    vectors = [embedder.embed_query(text) for text in queries]
    client = chromadb.HttpClient(server.url)
    name = client.list_collections()[0].name
    local, remote = Searcher(corpus, inside, embedder), Searcher(corpus, shared, embedder)
    timed: dict[str, list[float]] = {}

    def time_of(what: str, action: Callable[[], Any]) -> None:
        started = time.perf_counter()
        action()
        timed.setdefault(what, []).append(1_000 * (time.perf_counter() - started))

    for text, vector in zip(queries, vectors, strict=True):
        time_of("nearest 96, folder", lambda v=vector: inside.nearest(v, 96))
        time_of("nearest 96, server", lambda v=vector: shared.nearest(v, 96))
        time_of("whole search, folder", lambda t=text: local.search(t, k=24))
        time_of("whole search, server", lambda t=text: remote.search(t, k=24))
        time_of("a look at a revision (not done)", lambda: client.get_collection(name))
    print(f"## One search, {len(corpus.passages)} passages, {len(queries)} questions\n")
    print("| | p50, ms | p95, ms |\n|---|---|---|")
    for what, values in timed.items():
        print(f"| {what} | {np.percentile(values, 50):.1f} | {np.percentile(values, 95):.1f} |")
    print(f"\nfilling the server: {filled:.1f} s; a second process finds it whole in {found:.2f} s\n")


def crowds(folder: Path, server: ChromaServer, encoder: Path, seconds: float) -> None:
    """Questions a second with one app and with two, and what an answer costs in processor time."""
    asked = questions()
    print("## Answers over HTTP, in the sources' own words\n")
    print(
        "| apps | people | answers/s | p50, s | p95, s | processor s per answer: apps | Chroma | MB: an app | Chroma |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for count in (1, 2):
        with apps_of(count, folder, server, encoder) as apps:
            for people in (1, 8):
                crowd = Crowd([a.url for a in apps], asked, people)
                before = [processor_s(p) for p in (*pids(apps), server.pid)]
                crowd.start()
                time.sleep(seconds)
                crowd.stop()
                after = [processor_s(p) for p in (*pids(apps), server.pid)]
                used = np.subtract(after, before)
                took, answers = [s for s, _ in crowd.answers], len(crowd.answers)
                print(
                    f"| {count} | {people} | {answers / seconds:.1f} | {np.percentile(took, 50):.2f} | {np.percentile(took, 95):.2f} "
                    f"| {used[:-1].sum() / answers:.3f} | {used[-1] / answers:.4f} "
                    f"| {max(map(resident_mb, pids(apps))):.0f} | {resident_mb(server.pid):.0f} |"
                )
                assert not crowd.lost and not crowd.misses, (crowd.lost, crowd.misses)
    print()


def growth(server: ChromaServer, size: int) -> None:
    """What the server holds and takes for a collection of `size` vectors by chance."""
    client, made = chromadb.HttpClient(server.url), np.random.default_rng(7)
    before = resident_mb(server.pid)
    collection = client.create_collection("grown", configuration={"hnsw": {"space": "cosine"}}, embedding_function=None)
    started = time.perf_counter()
    for start in range(0, size, 1_000):
        vectors = made.normal(size=(1_000, _DIMENSIONS)).astype(np.float32)
        collection.upsert([str(start + i) for i in range(1_000)], vectors, [{"general": True}] * 1_000)
    wrote, held, took = time.perf_counter() - started, resident_mb(server.pid) - before, []
    cpu = processor_s(server.pid)
    for _ in range(_SEARCHES):
        query = made.normal(size=(1, _DIMENSIONS)).astype(np.float32)
        started = time.perf_counter()
        collection.query(query, n_results=96, include=["distances"])
        took.append(1_000 * (time.perf_counter() - started))
    cpu = (processor_s(server.pid) - cpu) / _SEARCHES
    print(f"## {size:,} vectors in the server\n")
    print(f"written in {wrote:.0f} s; {held:.0f} MB more memory, {1_000 * held / size:.1f} kB each")
    print(
        f"nearest 96: p50 {np.percentile(took, 50):.1f} ms, p95 {np.percentile(took, 95):.1f} ms, {1_000 * cpu:.1f} processor ms\n"
    )


@contextmanager
def apps_of(count: int, folder: Path, server: ChromaServer, encoder: Path) -> Iterator[list[Process]]:
    homes = [folder / f"{count}-{number}" for number in range(count)]
    for home in homes:
        home.mkdir()
        (home / "encoder").symlink_to(encoder, target_is_directory=True)
    apps = [app(home, home.with_suffix(".log"), chroma_url=server.url, model="none") for home in homes]
    try:
        for process in apps:
            process.begin()
        for process in apps:
            process.wait()
        warm = Crowd([a.url for a in apps], ["How do I get started?"], 2)
        warm.start()
        warm.until(lambda answers: len(answers) >= 4 * count)
        warm.stop()
        yield apps
    finally:
        for process in apps:
            process.kill()


def questions() -> list[str]:
    """Single development questions, in the order of their file."""
    lines = (ROOT / "evals" / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [row["turns"][0] for row in rows if row["split"] == "dev" and len(row["turns"]) == 1]


def pids(apps: Sequence[Process]) -> list[int]:
    return [a.process.pid for a in apps if a.process]


def resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def processor_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
