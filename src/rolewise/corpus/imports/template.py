"""The file that a new role begins with."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from rolewise.corpus.imports.files import slug, write_whole
from rolewise.corpus.model import Corpus
from rolewise.errors import ImportFault

_TEMPLATE = """\
# A role. Change what stands here; examples wait behind a `#`: take it away from the lines that you want.
# Then run `rolewise check {path}`
# Every sentence can be cited alone: write each one whole and true by itself, and name the role in it.
id: {id}
title: {title}
#aliases: [other name, short name]      # what people call it, too
#level: senior-level                    # as adverts put it

# Where you have it from. A date is 2026, 2026-11 or 2026-11-24.
source:
  title: {notes}
  publisher: your own document
  published: {today}
  licence: your own document, not shared

# What the role is.
summary:
  - text: {first}

# What one in this role does. items: the things that a sentence names, word for word.
#responsibilities:
#  - text: {sentence} plans the work of a team.
#    items: {{all: [team planning]}}

# What is asked for. need: required, preferred or useful. short: for tables; only words of the text.
# items: any of them, all of them, or such_as (examples).
# aspect: one of those below, or two as wider/narrower (skills/languages):
{aspects}
#requirements:
#  - aspect: {aspect}
#    need: required
#    text: {sentence} needs experience with spreadsheets or databases.
#    short: experience with spreadsheets or databases
#    items: {{any: [spreadsheets, databases]}}

# tools, industries, outlook and more are lists of such statements, too.
#industries:
#  - text: {sentence} works in publishing.
#    items: {{all: [publishing]}}
"""


def new_role(title: str, corpus: Corpus, folder: Path, to: Path | None = None) -> Path:
    """Write a commented role file for `title` and return its path: under `folder`/roles, or at `to`.

    Raises ImportFault where the role or the file is there already; nothing is overwritten.
    """
    title = " ".join(title.split())
    ident = slug(title)
    if not ident or not any(c.isalpha() for c in title):
        raise ImportFault(f'“{title}” is no title of a role. Name it as people do: rolewise new-role "Ward Nurse"')
    if any(role.id == ident for role in corpus.roles):
        raise ImportFault(
            f"There is a role `{ident}` already ({corpus.document[f'role:{ident}'].path}). Edit that file, or choose another title."
        )
    path = to or folder / "roles" / f"{ident}.yaml"
    if path.is_dir():
        path = path / f"{ident}.yaml"
    if path.exists():
        raise ImportFault(f"{path} is there already and was left as it is. Edit it, or choose another place with --to.")
    aspects = [a.id for a in corpus.vocabulary.aspects]
    article = "An" if title[0].lower() in "aeiou" else "A"
    lines = [f"# {', '.join(aspects[i : i + 8])}" for i in range(0, len(aspects), 8)]
    text = _TEMPLATE.format(
        path=path, id=ident, title=json.dumps(title, ensure_ascii=False), today=date.today().isoformat(),
        notes=json.dumps(f"Notes on the role {title}", ensure_ascii=False), sentence=f"{article} {title}",
        first=json.dumps(f"{article} {title} is a role that these notes describe.", ensure_ascii=False),
        aspects="\n".join(lines), aspect=next((a for a in aspects if a == "skills"), aspects[0]),
    )  # fmt: skip
    write_whole(path, text)
    return path
