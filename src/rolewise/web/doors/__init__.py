"""What each request passes before the page sees it: safe headers, its host, its path, who sends it, whose session it names."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.types import ASGIApp

from rolewise.access import Access
from rolewise.web.doors.apart import Apart
from rolewise.web.doors.cookie import Cookies
from rolewise.web.doors.headers import SafeHeaders
from rolewise.web.doors.hosts import FromHere
from rolewise.web.doors.paths import OnlyKnownPaths
from rolewise.web.doors.who import Who

__all__ = ["Doors"]


@dataclass(frozen=True)
class Doors:
    """The doors of one server. `uploads` is the folder of files that visitors have sent, the only ones they may name."""

    access: Access
    cookies: Cookies
    names: frozenset[str]
    """Host names under which the page may be reached, beside addresses in numbers."""
    only_this_machine: bool
    uploads: str
    scripts: tuple[str, ...] = field(default=())
    """The page's own inline scripts, which the browser may run."""

    def before(self, page: ASGIApp) -> ASGIApp:
        """The page behind its doors: the last one named here is passed first."""
        page = Apart(page, self.uploads)
        page = Who(page, self.access, self.cookies)
        page = OnlyKnownPaths(page)
        page = FromHere(page, self.names, self.only_this_machine)
        return SafeHeaders(page, self.scripts)
