"""Role names in running text of documents: titles and the aliases that cannot be mistaken for plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rolewise.corpus.model import Role


def mentions_of(text: str, roles: Iterable[Role]) -> tuple[str, ...]:
    """Ids of the roles whose title or multi-word alias stands in `text`; longer names are taken first."""
    names = sorted(
        ((n.lower(), r.id) for r in roles for n in (r.title, *r.aliases) if " " in n), key=lambda x: -len(x[0])
    )
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
