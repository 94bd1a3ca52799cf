"""From a question to the evidence that bears its answer, or the finding that the sources do not say it."""

from rolewise.advisor.evidence.base import Comparison, Evidence, Library, Point
from rolewise.advisor.evidence.gather import gather

__all__ = ["Comparison", "Evidence", "Library", "Point", "gather"]
