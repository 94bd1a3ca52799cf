"""`python scripts/train_adapter.py`: fit `index/adapter.npy` to the example questions of corpus/.

A question is drawn to another question of the same passage, to the passage, and to other questions for the same aspect, and
away from those of other passages (InfoNCE); vectors get noise, so that no single question is learned by heart. The maps of
several seeds are one in the end: the mean of their inner products. Prints where the passages that the development questions
of evals/ name are ranked, by their own text, by their example questions, and by both: those rows are not fitted to.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from rolewise.advisor import Advisor
from rolewise.advisor.asks import ROLE
from rolewise.advisor.nearness import said_by
from rolewise.corpus import Corpus, Passage
from rolewise.evaluation.golden import read_golden
from rolewise.index import MiniLM, adapter
from rolewise.settings import load_settings

EVALS = Path(__file__).parent.parent / "evals"
TO = Path(adapter.__file__).with_name(adapter.ADAPTER)
SEEDS, STEPS, RATE = 6, 400, 1e-3
PASSAGES, ASPECTS = 160, 24
"""How many of each are told apart in one step."""
TEMPERATURE, NOISE = 0.04, 0.5


@dataclass
class Texts:
    """Plain vectors of all that is fitted to."""

    masked: torch.Tensor
    """Questions that passages answer, `ROLE` for their roles, (questions, 384)."""
    named: torch.Tensor
    """The same, with one of the passage's roles in its place."""
    passages: torch.Tensor
    said: torch.Tensor
    asks: torch.Tensor
    of_passage: dict[int, list[int]]
    """The questions of each passage."""
    of_aspect: dict[str, list[int]]
    """The `asks` of each aspect or item."""


def main() -> None:
    settings = load_settings().model_copy(update={"model": "none"})
    advisor = Advisor(settings)
    advisor.load()
    plain = MiniLM(settings.encoder_folder)
    texts = _texts(advisor.corpus, plain)
    products = [(w := _fitted(texts, seed)) @ w.T for seed in range(SEEDS)]
    values, vectors = np.linalg.eigh(np.mean([p.numpy() for p in products], axis=0))
    fitted = (vectors * np.sqrt(values.clip(min=0))).astype(np.float16)
    _report(advisor, texts, plain, fitted.astype(np.float32))
    np.save(TO, fitted)


def _texts(corpus: Corpus, plain: MiniLM) -> Texts:
    def embedded(texts: Sequence[str]) -> torch.Tensor:
        return torch.tensor(plain.plain(list(texts)))

    at = {p.id: i for i, p in enumerate(corpus.passages)}
    names = {role.id: (role.title, *role.aliases) for role in corpus.roles}
    draw = np.random.default_rng(0)

    def name_for(passage: Passage) -> str:
        role = draw.choice([r for r in passage.roles if r in names] or list(names))
        return str(draw.choice(names[role]))

    of_passage, of_aspect = defaultdict(list), defaultdict(list)
    for i, question in enumerate(corpus.questions):
        of_passage[at[question.passage_id]].append(i)
    asks = corpus.vocabulary.asks
    for i, ask in enumerate(asks):
        of_aspect[ask.aspect or ask.item].append(i)
    return Texts(
        embedded([q.text.replace("{role}", ROLE) for q in corpus.questions]),
        embedded([q.text.replace("{role}", name_for(corpus.by_id[q.passage_id])) for q in corpus.questions]),
        embedded([p.search_text for p in corpus.passages]),
        embedded([said_by(p) for p in corpus.passages]),
        embedded([a.text.replace("{role}", ROLE) for a in asks]),
        {p: found for p, found in of_passage.items() if len(found) > 1},
        {a: found for a, found in of_aspect.items() if a and len(found) > 2},
    )


def _fitted(texts: Texts, seed: int) -> torch.Tensor:
    """One map, (384, 384)."""
    torch.manual_seed(seed)
    draw = np.random.default_rng(seed)
    turn = torch.eye(texts.masked.shape[1], requires_grad=True)
    optimizer = torch.optim.AdamW([turn], lr=RATE, weight_decay=0)
    passages = list(texts.of_passage)
    often = np.sqrt([len(texts.of_passage[p]) for p in passages])

    def turned(vectors: torch.Tensor) -> torch.Tensor:
        noise = NOISE / math.sqrt(vectors.shape[1]) * torch.randn_like(vectors)
        return functional.normalize(functional.normalize(vectors + noise, dim=-1) @ turn, dim=-1)

    def either(one: torch.Tensor, other: torch.Tensor, share: float) -> torch.Tensor:
        return torch.where(torch.tensor(draw.random((len(one), 1)) < share), one, other)

    def apart(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
        return functional.cross_entropy(turned(one) @ turned(other).T / TEMPERATURE, torch.arange(len(one)))

    for step in range(STEPS):
        optimizer.param_groups[0]["lr"] = RATE * 0.5 * (1 + math.cos(math.pi * step / STEPS))
        some = draw.choice(passages, min(PASSAGES, len(passages)), replace=False, p=often / often.sum())
        one, other = np.array([draw.choice(texts.of_passage[p], 2, replace=False) for p in some]).T
        answer = either(texts.passages[some], texts.said[some], 0.7)
        loss = (
            apart(texts.masked[one], texts.masked[other])
            + apart(either(texts.named[one], texts.masked[one], 0.5), answer)
            + apart(answer, either(texts.named[other], texts.masked[other], 0.5))
        )
        aspects = draw.choice(list(texts.of_aspect), min(ASPECTS, len(texts.of_aspect)), replace=False)
        one, other = np.array([draw.choice(texts.of_aspect[a], 2, replace=False) for a in aspects]).T
        loss = loss + 0.5 * apart(texts.asks[one], texts.asks[other])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return turn.detach()


def _report(advisor: Advisor, texts: Texts, plain: MiniLM, fitted: np.ndarray) -> None:
    """How often a passage that bears the answer is ranked first and among five, with the plain vectors and the adapted."""
    passages = advisor.corpus.passages
    wanted, standing, masked = [], [], []
    for path in sorted(EVALS.glob("golden*.jsonl")) + sorted(EVALS.glob("blind*.jsonl")):
        for row in read_golden(path):
            if row.split != "dev" or not row.bears:
                continue
            questions = advisor._understand(row.ask).questions
            if len(questions) == 1:
                bears = [i for i, p in enumerate(passages) if any(b.lower() in p.text.lower() for b in row.bears)]
                wanted.append(bears)
                standing.append(questions[0].standalone)
                masked.append(questions[0].masked)
    print(f"{len(wanted)} development questions, {len(texts.masked)} example questions, {len(passages)} passages")
    asked, named = plain.plain(masked), plain.plain(standing)
    for name, by in (("plain", np.eye(fitted.shape[0], dtype=np.float32)), ("adapted", fitted)):
        text = adapter.adapted(named, by) @ adapter.adapted(texts.passages.numpy(), by).T
        near = adapter.adapted(asked, by) @ adapter.adapted(texts.masked.numpy(), by).T
        nearest = np.stack(
            [
                near[:, texts.of_passage[i]].max(1) if i in texts.of_passage else text[:, i]
                for i in range(len(passages))
            ],
            1,
        )
        for kind, score in (("by text", text), ("by questions", nearest), ("by both", text + nearest)):
            rank = np.array([(s[:, None] > s[w]).sum(0).min() for s, w in zip(score, wanted, strict=True)])
            print(f"{name:8} {kind:13} recall@1 {(rank < 1).mean():.3f}  @5 {(rank < 5).mean():.3f}")


if __name__ == "__main__":
    sys.exit(main())
