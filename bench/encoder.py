"""The ways to run the embedding model, side by side: `.venv/bin/python bench/encoder.py`.

Each runs in a process of its own, one thread: seconds to load (imports included), one question, passages a second, resident
memory; then cosine to the reference, and retrieval on the development rows of the golden questions through the real
`Searcher`. Prints a table and writes `bench/encoder.json`. OpenVINO is measured where it is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).parents[1]
WAYS = {
    "reference": "sentence-transformers, torch",
    "float": "ONNX, float",
    "int8": "ONNX, dynamic int8",
    "openvino": "OpenVINO, float",
}
Vectors = npt.NDArray[np.float32]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=3, help="processes of each way; medians are shown")
    options.add_argument("--out", type=Path, default=ROOT / "bench" / "encoder.json")
    options.add_argument("--one", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.one:
        print(json.dumps(measured(chosen.one[0], Path(chosen.one[1]))))
        return
    ways = [way for way in WAYS if way != "openvino" or importlib.util.find_spec("openvino")]
    with tempfile.TemporaryDirectory() as temp:
        folder = Path(temp)
        prepare(folder)
        runs: dict[str, list[dict[str, Any]]] = {way: [] for way in ways}
        for _ in range(chosen.runs):
            for way in ways:
                command = [sys.executable, __file__, "--one", way, temp]
                runs[way].append(json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout))
        reference = np.load(folder / "reference.npy")
        rows = []
        for way in ways:
            row: dict[str, Any] = {name: median(r[name] for r in runs[way]) for name in runs[way][0]}
            cosines = np.sum(np.load(folder / f"{way}.npy") * reference, axis=1)
            row |= {"cosine_min": float(cosines.min()), "cosine_mean": float(cosines.mean())}
            rows.append({"way": WAYS[way]} | row)
    chosen.out.write_text(json.dumps({"rows": rows, "runs": runs}, indent=2) + "\n", encoding="utf-8")
    show(rows)


def prepare(folder: Path) -> None:
    """Export the reference, and quantise the export: dynamic int8, weights by channel as onnxruntime advises."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    from rolewise.index.export import export
    from rolewise.index.reference import Reference

    export(Reference(), folder / "float")
    (graph,) = (folder / "float").glob("*.onnx")
    graph.rename(folder / "float.onnx")
    quantize_dynamic(folder / "float.onnx", folder / "int8.onnx", weight_type=QuantType.QInt8, per_channel=True)


def measured(way: str, folder: Path) -> dict[str, float]:
    """The figures of one way; its vectors are left in `folder`."""
    before = time.perf_counter(), time.process_time()
    encode = opened(way, folder)
    encode(["ready"])
    load_s, load_cpu_s = time.perf_counter() - before[0], time.process_time() - before[1]
    texts = sentences()
    questions = [f"Is a degree needed for job number {n}?" for n in range(60)]
    wall, cpu = zip(*(timed(encode, [question]) for question in questions), strict=True)
    batch_s, batch_cpu_s = timed(encode, texts)
    memory = resident_mb()
    np.save(folder / f"{way}.npy", encode(texts))
    return {
        "load_s": load_s, "load_cpu_s": load_cpu_s, "question_ms": median(wall) * 1000, "question_cpu_ms": median(cpu) * 1000,
        "passages_per_s": len(texts) / batch_s, "passages_per_cpu_s": len(texts) / batch_cpu_s, "memory_mb": memory,
    } | retrieval(encode)  # fmt: skip


def opened(way: str, folder: Path) -> Any:
    """The encode function of a way: texts in, normalised vectors out."""
    if way == "reference":
        return alone("reference").Reference().encode
    module = alone("encoder")
    if way == "openvino":
        import openvino

        class Session:
            """OpenVINO in the place of onnxruntime's session."""

            def __init__(self, graph: str, *_: Any, **__: Any) -> None:
                self._model = openvino.Core().compile_model(graph, "CPU", {"INFERENCE_NUM_THREADS": 1})

            def run(self, _: None, feeds: dict[str, Any]) -> list[Vectors]:
                return [np.asarray(self._model(feeds)[0])]

        module.onnxruntime.InferenceSession = Session
    return module.Encoder(folder / f"{'float' if way == 'openvino' else way}.onnx").encode


def alone(name: str) -> Any:
    """A module of `rolewise.index` by its path: through the package it would bring Chroma, which is not measured here."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "src" / "rolewise" / "index" / f"{name}.py")
    assert spec and spec.loader
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sentences() -> list[str]:
    """500 texts of the corpus: its passages with and without headings, then neighbours joined two and three at a time."""
    from rolewise.corpus import load_corpus
    from rolewise.settings import shipped_corpus

    passages = load_corpus(shipped_corpus()).passages
    plain = [p.text for p in passages]
    texts = [*plain, *(p.search_text for p in passages), *(p.short for p in passages if p.short)]
    for size in range(2, 8):
        texts += [" ".join(plain[at : at + size]) for at in range(len(plain) - size)]
    return list(dict.fromkeys(texts))[:500]


def timed(encode: Any, texts: list[str]) -> tuple[float, float]:
    before = time.perf_counter(), time.process_time()
    encode(texts)
    return time.perf_counter() - before[0], time.process_time() - before[1]


def retrieval(encode: Any) -> dict[str, float]:
    """Recall@10 and MRR of the fused search, and of the dense neighbours alone, on single-turn development rows."""
    from rolewise.corpus import load_corpus
    from rolewise.evaluation.golden import read_golden
    from rolewise.evaluation.retrieval import mean, ranked
    from rolewise.index import MiniLM, Searcher, Store
    from rolewise.settings import shipped_corpus

    class Chosen(MiniLM):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = encode(texts).tolist()
            return vectors

    corpus = load_corpus(shipped_corpus())
    rows = [
        row
        for row in read_golden(ROOT / "evals" / "golden.jsonl")
        if row.split == "dev" and row.bears and len(row.turns) == 1
    ]
    texts = [p.text for p in corpus.passages]
    with tempfile.TemporaryDirectory() as temp:
        store = Store(Path(temp), Chosen())
        store.sync(corpus)
        searcher = Searcher(corpus, store, Chosen())
        fused, dense = [], []
        for row in rows:
            (question,) = row.turns
            fused.append(ranked([h.passage.text for h in searcher.search(question, k=10)], row.bears, texts))
            near = store.nearest(Chosen().embed_query(question), 10)
            dense.append(ranked([corpus.by_id[i].text for i, _ in near], row.bears, texts))
    return {
        "rows": len(rows), "recall_10": mean(fused).recall_10, "mrr": mean(fused).reciprocal_rank,
        "dense_recall_10": mean(dense).recall_10, "dense_mrr": mean(dense).reciprocal_rank,
    }  # fmt: skip


def resident_mb() -> float:
    """Resident memory now; where the system does not tell (not Linux), the most there ever was."""
    status = Path("/proc/self/status")
    if status.is_file():
        return next(int(x.split()[1]) for x in status.read_text().splitlines() if x.startswith("VmRSS")) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform != "darwin" else 1024) / 1024


def show(rows: list[dict[str, Any]]) -> None:
    print(f"load average {os.getloadavg()[0]:.1f}; seconds on the clock, and of processor in brackets\n")
    print("| encoder | load, s | one question, ms | passages/s | memory, MB | cosine, least / mean "
          "| recall@10, MRR | dense alone |\n|---|---|---|---|---|---|---|---|")  # fmt: skip
    for r in rows:
        print(
            f"| {r['way']} | {r['load_s']:.1f} ({r['load_cpu_s']:.1f}) | {r['question_ms']:.1f} ({r['question_cpu_ms']:.1f}) "
            f"| {r['passages_per_s']:.0f} ({r['passages_per_cpu_s']:.0f}) | {r['memory_mb']:.0f} "
            f"| {r['cosine_min']:.6f} / {r['cosine_mean']:.6f} | {r['recall_10']:.3f}, {r['mrr']:.3f} "
            f"| {r['dense_recall_10']:.3f}, {r['dense_mrr']:.3f} |"
        )


if __name__ == "__main__":
    main()
