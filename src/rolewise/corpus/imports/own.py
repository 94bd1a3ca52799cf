"""The person's own corpus folder: adding files to it, and taking them out."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from rolewise.corpus.imports.convert import Made, Original
from rolewise.corpus.imports.files import slug, write_whole
from rolewise.corpus.imports.limits import MAX_BYTES
from rolewise.corpus.imports.reading import Reader
from rolewise.corpus.imports.shelf import OwnFile, own_files
from rolewise.corpus.imports.walk import Outcome, Status, files_under
from rolewise.corpus.load import check_text
from rolewise.corpus.model import Corpus
from rolewise.errors import CorpusError, ImportFault

PageProgress = Callable[[str, int, int], None]
_LOCK_S = 30


def add(
    paths: Iterable[Path], folder: Path, shipped: Corpus, progress: PageProgress = lambda file, done, total: None
) -> Iterator[Outcome]:
    """Take files, and those in folders, into the own corpus `folder`, one by one; each is there whole or not at all.

    A file that is there already, by its content, is left; an edited one replaces what was made of it before. `progress`
    gets (file, pages read, pages). Faults are outcomes and never end the work: what was taken in stays. Raises
    ImportFault where the folder cannot be written or another process is at work in it.
    """
    with _Alone(folder), Reader() as reader:
        for part in folder.glob("*/*.part"):
            part.unlink(missing_ok=True)  # left by a run that was ended
        for path, why in files_under(paths, folder):
            if why:
                yield why
                continue
            try:
                yield _add(path, folder, shipped, reader, partial(progress, str(path)))
            except (ImportFault, CorpusError) as error:
                yield Outcome(str(path), "failed", str(error))


def remove(names: Iterable[str], folder: Path) -> Iterator[Outcome]:
    """Take own documents out by the name of their file, their title, or their place as `rolewise sources` shows it.

    A name that fits none or several removes nothing. The originals are never touched.
    """
    with _Alone(folder):
        for name in names:
            known = own_files(folder)
            fitting = [own for own in known if own.is_called(name)]
            if len(fitting) == 1:
                fitting[0].path.unlink(missing_ok=True)
                yield Outcome(fitting[0].place, "removed", fitting[0].title)
            elif fitting:
                places = ", ".join(own.place for own in fitting)
                yield Outcome(name, "failed", f"several of your documents are called so; say which: {places}.")
            else:
                near = difflib.get_close_matches(name, [n for own in known for n in own.names], n=1)
                hint = f"Did you mean {near[0]}?" if near else "`rolewise sources` lists them."
                yield Outcome(name, "failed", f"none of your own documents is called so; nothing was removed. {hint}")


def _add(path: Path, folder: Path, shipped: Corpus, reader: Reader, progress: Callable[[int, int], None]) -> Outcome:
    original, known = _read(path), own_files(folder)
    here = path.resolve()
    same = next((o for o in known if original.sha256 in (o.sha256, o.own_hash) or o.path.resolve() == here), None)
    if same:
        return Outcome(str(path), "unchanged", same.title)
    made = reader.converted(original, progress)
    document = check_text(made.text, f"own/{made.kind}/{slug(made.title) or 'document'}.md", shipped)
    before = _former(original, made, document.id, known)
    target = (
        before.path
        if before and before.path.parent.name == made.kind
        else _free(folder / made.kind, original, document.id)
    )
    if target.is_file() and target.read_text(encoding="utf-8", errors="replace") == made.text:
        return Outcome(str(path), "unchanged", document.provenance.title)
    write_whole(target, made.text)
    if before and before.path != target:
        before.path.unlink(missing_ok=True)
    status: Status = "replaced" if before else "added"
    twin = next((o for o in known if o is not before and o.file == path.name), None)
    note = f"another of your documents came from a file of this name: {twin.place}" if twin else ""
    return Outcome(
        str(path), status, document.provenance.title, len(document.passages), "; ".join(filter(None, [made.note, note]))
    )


def _former(original: Original, made: Made, document_id: str, known: list[OwnFile]) -> OwnFile | None:
    """What was made of an earlier version: the same role, or a file of this name here, or one that has moved from elsewhere."""
    if made.kind == "roles":
        return next((own for own in known if f"role:{own.role}" == document_id), None)
    named = [own for own in known if own.file == original.path.name]
    here = [own for own in named if own.folder == str(original.path.parent)]
    moved = [own for own in named if not (Path(own.folder) / own.file).exists()]
    return next(iter((*here, *moved)), None)


def _free(folder: Path, original: Original, document_id: str) -> Path:
    if folder.name == "roles":
        return folder / f"{document_id.partition(':')[2]}.yaml"
    name, ending = slug(original.path.stem) or "document", ".md" if folder.name == "articles" else ".yaml"
    numbers = ("", *(f"-{n}" for n in range(2, 10_000)))
    return next(p for n in numbers if not (p := folder / f"{name}{n}{ending}").exists())


def _read(path: Path) -> Original:
    try:
        if not path.exists():
            raise ImportFault("there is no such file.")
        if not path.is_file():
            raise ImportFault("it is not an ordinary file. Nothing was read.")
        if (size := path.stat().st_size) > MAX_BYTES:
            raise ImportFault(
                f"it has {size // 1_000_000:,} MB; {MAX_BYTES // 1_000_000} MB is the most. Split it and add the parts."
            )
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        changed = date.fromtimestamp(max(0.0, path.stat().st_mtime))
    except OSError as error:
        raise ImportFault(f"it cannot be read ({error.strerror or error}). Check that you may read it.") from error
    return Original(path.resolve().parent / path.name, raw, hashlib.sha256(raw).hexdigest(), changed)


class _Alone:
    """One process at a time in the own folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / ".lock", timeout=_LOCK_S)

    def __enter__(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise ImportFault(
                "Another RoleWise process is adding or removing documents. Nothing was changed. Wait for it to end, and run again."
            ) from error
        except OSError as error:
            raise ImportFault(
                f"Your documents' folder {self._folder} cannot be written ({error.strerror or error}). Nothing was changed. "
                "Check permissions and free disk space, or point ROLEWISE_HOME to a folder that can be written."
            ) from error

    def __exit__(self, *_: object) -> None:
        self._lock.release()
