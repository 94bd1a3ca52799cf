"""What the own folder holds, read from the first lines of its files."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

_HEAD = 8_192
_FIELD = re.compile(r"^(title|file|folder|sha256|id):[ \t]*(.*)$", re.M)


@dataclass(frozen=True)
class OwnFile:
    """A file of the own folder: what it is called, and the original that it was made from (empty for one made by hand)."""

    path: Path
    title: str
    file: str
    folder: str
    sha256: str
    role: str

    @property
    def place(self) -> str:
        """As the corpus calls it: `own/articles/leave.md`."""
        return f"own/{self.path.parent.name}/{self.path.name}"

    @cached_property
    def own_hash(self) -> str:
        """The hash of a file made by hand or copied as it was; one that was converted is known by its original's."""
        return "" if self.sha256 else hashlib.sha256(self.path.read_bytes()).hexdigest()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it may be called by."""
        kind = {"articles": "article:own/", "tables": "table:own/", "roles": "role:"}[self.path.parent.name]
        ids = kind + (self.role or self.path.stem)
        return tuple(filter(None, (self.place, self.file, self.title, self.role, self.path.name, self.path.stem, ids)))

    def is_called(self, name: str) -> bool:
        return name.strip().casefold() in {n.casefold() for n in self.names}


def own_files(folder: Path) -> list[OwnFile]:
    """The files of the own folder by place; none where there is no folder yet."""
    found = []
    for kind, suffixes in (("articles", (".md",)), ("tables", (".yaml", ".yml")), ("roles", (".yaml", ".yml"))):
        found += [_own(p) for p in sorted((folder / kind).glob("*")) if p.suffix in suffixes and p.is_file()]
    return found


def _own(path: Path) -> OwnFile:
    with path.open(encoding="utf-8", errors="replace") as file:
        head = file.read(_HEAD)
    fields: dict[str, str] = {}
    for name, value in _FIELD.findall(head):
        fields.setdefault(name, _scalar(value))
    get = fields.get
    role = get("id", "") if path.parent.name == "roles" else ""
    return OwnFile(path, get("title", path.stem), get("file", ""), get("folder", ""), get("sha256", ""), role)


def _scalar(value: str) -> str:
    try:
        found = yaml.safe_load(value)
    except (yaml.YAMLError, ValueError, RecursionError):
        found = value
    return str(found) if isinstance(found, (str, int, float)) else value.strip()
