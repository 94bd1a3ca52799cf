"""How often something may happen: a few times at once, then at a steady pace (a token bucket)."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_REMEMBERED = 10_000


class Pace:
    """`burst` times at once, then one every `every_s` seconds, for each of many."""

    def __init__(self, burst: int, every_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._every_s = every_s
        self._clock = clock
        self._full_at: OrderedDict[str, float] = OrderedDict()
        """When each would have all its times back."""

    def wait_s(self, who: str) -> float:
        """0 and one time is taken, or the seconds until there is one again."""
        now = self._clock()
        full_at = max(self._full_at.get(who, now), now)
        wait = full_at - now - (self._burst - 1) * self._every_s
        if wait > 0:
            return wait
        self._full_at[who] = full_at + self._every_s
        self._full_at.move_to_end(who)
        if len(self._full_at) > MOST_REMEMBERED:
            self._full_at.popitem(last=False)
        return 0.0

    def give_back(self, who: str) -> None:
        """The time taken last does not count."""
        if who in self._full_at:
            self._full_at[who] -= self._every_s


def neighbourhood(address: str) -> str:
    """An address as it is counted: IPv6 by its /64, of which each household has a whole one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if found.version == 6 else address
