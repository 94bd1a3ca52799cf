"""Where questions arrive: each is counted against its sender's limits, answered by the advisor, and noted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from rolewise.advisor import Advisor, Answer, Ask
from rolewise.web.limits import Limits, Sender
from rolewise.web.watch import Watch


class Desk:
    """The desk of one server."""

    def __init__(self, advisor: Advisor, watch: Watch | None = None) -> None:
        self._advisor = advisor
        self.watch = watch or Watch(advisor.settings)
        self._limits = Limits(advisor.settings.questions_per_minute)

    def answers(self, ask: Ask, sender: Sender, by: str) -> Iterator[Answer]:
        """The advisor's snapshots; when this is closed, so is the advisor's own stream, and the model stops.

        `by`: `page` or `program`. Raises LimitError, and what the advisor raises.
        """
        last: Answer | None = None
        stopped = True
        try:
            with (
                self._limits.one_question(sender),
                self.watch.under_way.track_inprogress(),
                closing(self._advisor.stream(ask)) as answers,  # type: ignore[type-var]
            ):
                for last in answers:
                    yield last
            stopped = False
        except Exception as error:
            self.watch.refused(error, by)
            last = None
            raise
        finally:
            if last:
                self.watch.answered(last, by, stopped)
