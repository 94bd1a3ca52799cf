"""Where questions arrive: each is counted against its sender's limits, answered by the advisor, and noted."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import cast

from rolewise.advisor import Advisor, Answer, Ask
from rolewise.web.leaving import leavable
from rolewise.web.limits import Limits, Sender
from rolewise.web.watch import Watch


class Desk:
    """The desk of one server."""

    def __init__(self, advisor: Advisor, watch: Watch | None = None) -> None:
        self._advisor = advisor
        self.watch = watch or Watch(advisor.settings)
        self._limits = Limits(advisor.settings.questions_per_minute)

    def answers(self, ask: Ask, sender: Sender, by: str) -> Iterator[Answer | None]:
        """The advisor's snapshots, and None where none has come for a moment; when this is closed, the model stops.

        `by`: `page` or `program`. Raises LimitError, and what the advisor raises.
        """
        last: Answer | None = None
        stopped = True
        try:
            with (
                self._limits.one_question(sender),
                self.watch.under_way.track_inprogress(),
                leavable(lambda: cast(Generator[Answer], self._advisor.stream(ask))) as answers,
            ):
                for answer in answers:
                    last = answer or last
                    yield answer
            stopped = False
        except Exception as error:
            self.watch.refused(error, by)
            last = None
            raise
        finally:
            if last:
                self.watch.answered(last, by, stopped)
