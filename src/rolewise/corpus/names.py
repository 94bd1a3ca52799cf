"""Role names in running text of documents: titles and the aliases that cannot be mistaken for plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rolewise.corpus.model import Role

Names = tuple[tuple[str, str], ...]
"""(name in lower case, id of the role), the longest first."""


def names_of(roles: Iterable[Role]) -> Names:
    """What `mentions_of` looks for: titles, and aliases of several words."""
    names = ((n.lower(), r.id) for r in roles for n in (r.title, *r.aliases) if " " in n)
    return tuple(sorted(names, key=lambda name: -len(name[0])))


def mentions_of(text: str, names: Names) -> tuple[str, ...]:
    """Ids of the roles whose names stand in `text`; longer names are taken first."""
    rest = text.lower()
    found: list[str] = []
    for name, role_id in names:
        if name not in rest:  # nearly always, and much cheaper to find out than by the pattern
            continue
        pattern = rf"\b{re.escape(name)}s?\b"
        if re.search(pattern, rest):
            rest = re.sub(pattern, " | ", rest)
            if role_id not in found:
                found.append(role_id)
    return tuple(found)
