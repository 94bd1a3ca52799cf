"""Understand, evidence, compose, check: the retrieval chain and its Answer."""

from rolewise.advisor.answer import Answer, Ask, Citation, Timings
from rolewise.advisor.chain import Advisor

__all__ = ["Advisor", "Answer", "Ask", "Citation", "Timings"]
