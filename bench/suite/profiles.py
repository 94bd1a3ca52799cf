"""Where the time goes: a cold start, a question, an index build; and what no program of this kind could be faster than."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bench.startup import ROOT

MINIMUM = 0.02
"""Shares below it are put together as "the rest"."""

PROFILED = """
import json, sys, tempfile, time
from pathlib import Path
from pyinstrument import Profiler
subject, count = sys.argv[1], int(sys.argv[2])
profiler = Profiler(interval=0.001)
told = {}
if subject == "start":
    profiler.start()
    from rolewise.advisor import Advisor
    from rolewise.settings import load_settings
    advisor = Advisor(load_settings(model="none"))
    advisor.load()
    advisor.invoke("Is a degree needed?")
    profiler.stop()
elif subject == "question":
    from bench.suite.answers import EVALS, GOLDEN
    from rolewise.advisor import Advisor
    from rolewise.evaluation.golden import read_golden
    from rolewise.evaluation.sample import stratified
    from rolewise.settings import load_settings
    rows = stratified([r for n in GOLDEN for r in read_golden(EVALS / n) if r.split == "dev"], count)
    advisor = Advisor(load_settings(model="none"))
    advisor.load()
    advisor.invoke("Hello")
    encoder = advisor._loaded.embedder._encoder
    runs = []
    encode = encoder.encode
    encoder.encode = lambda texts: (runs.append(len(texts)), encode(texts))[1]
    profiler.start()
    for row in rows:
        advisor.invoke(row.ask)
    profiler.stop()
    least = []
    for _ in range(30):
        began = time.process_time()
        encode(["Is a degree needed for this job?"])
        least.append(time.process_time() - began)
    told = {"questions": len(rows), "runs": len(runs) / len(rows), "one_run_ms": sorted(least)[15] * 1000}
else:
    from rolewise.corpus import load_corpus
    from rolewise.index import MiniLM, Store
    from rolewise.settings import load_settings
    settings = load_settings()
    embedder = MiniLM(settings.encoder_folder)
    embedder.load()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profiler.start()
        corpus = load_corpus(settings.corpus)
        Store(Path(folder), embedder).sync(corpus)
        profiler.stop()
    texts = [p.search_text for p in corpus.passages]
    began = time.process_time()
    embedder._encoder.encode(texts)
    told = {"passages": len(texts), "encoder_s": time.process_time() - began}
session = profiler.last_session
by_package, root = {}, session.root_frame()
def add(frame):
    own = frame.absorbed_time + (frame.time - sum(child.time for child in frame.children))
    path = (frame.file_path or "").replace("\\\\", "/")
    package = path.split("/site-packages/")[-1].split("/")[0].removesuffix(".py") if "/site-packages/" in path else ""
    if "/src/rolewise/" in path:
        package = "rolewise/" + path.split("/src/rolewise/")[1].split("/")[0].removesuffix(".py")
    by_package[package or inherited[-1]] = by_package.get(package or inherited[-1], 0.0) + own
    inherited.append(package or inherited[-1])
    for child in frame.children:
        add(child)
    inherited.pop()
inherited = ["Python's own library"]
add(root)
print(json.dumps({"seconds": session.duration, "cpu": session.cpu_time, "packages": by_package} | told))
"""


def measure(quick: bool) -> list[dict[str, Any]]:
    start, question, index = (profiled(s, 60 if quick else 240) for s in ("start", "question", "index"))
    others = sum(s for p, s in start["packages"].items() if not p.startswith("rolewise/")) / start["seconds"]
    limit_ms = question["one_run_ms"]
    return [
        {
            "title": "A cold start, to the first answer (`rolewise ask`, without Python's own start)",
            "told": f"{start['cpu']:.2f} s of processor ({start['seconds']:.1f} s on the clock of this busy machine), by whose code was running.",
            "rows": shares(start, "s"),
            "limit": f"Limit: {others:.0%} of it are other people's libraries being imported and started (LangChain, Chroma, "
            "onnxruntime and what they import), on one core since Python imports on one. Faster would mean doing without one of them.",
        },
        {
            "title": "A question, without a model",
            "told": f"{1000 * question['cpu'] / question['questions']:.1f} ms of processor a question, {question['questions']} of them; "
            f"{question['runs']:.1f} runs of the encoder each.",
            "rows": shares(question, "ms", 1000 / question["questions"]),
            "limit": f"Limit: one run of the encoder over one question is {limit_ms:.1f} ms of processor here: it reads 43 MB of weights "
            "from memory and multiplies by each of them. A question needs at least one run; words that the lexicon does not hold, "
            "and the question without its role names, are texts of their own and need another.",
        },
        {
            "title": "An index build",
            "told": f"{index['cpu']:.2f} s of processor for {index['passages']} passages.",
            "rows": shares(index, "s"),
            "limit": f"Limit: the encoder alone takes {index['encoder_s']:.2f} s for the same texts on one thread, "
            f"{index['encoder_s'] / index['cpu']:.0%} of the build.",
        },
    ]  # fmt: skip


def profiled(subject: str, count: int) -> dict[str, Any]:
    command = [sys.executable, "-c", PROFILED, subject, str(count)]
    told = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


def shares(profile: dict[str, Any], unit: str, scale: float = 1.0) -> list[tuple[str, float, str]]:
    """(package, share of the time, that share of the processor time), the largest first."""
    scale *= profile["cpu"] / sum(profile["packages"].values())
    total = sum(profile["packages"].values())
    ordered = sorted(profile["packages"].items(), key=lambda item: -item[1])
    shown = [(p, s) for p, s in ordered if s / total >= MINIMUM]
    rest = total - sum(s for _, s in shown)
    return [(p, s / total, f"{s * scale:.3g} {unit}") for p, s in [*shown, ("the rest", rest)]]
