"""Bytes to text, whatever encoding they have."""

from __future__ import annotations

import codecs

from rolewise.errors import ImportFault

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(raw: bytes) -> tuple[str, str]:
    """(text with `\\n` line ends, a note where the encoding had to be guessed). Raises ImportFault where none fits."""
    encoding = next((e for mark, e in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text, note = raw.decode(encoding), ""
    except UnicodeDecodeError:
        text, note = _guessed(raw)
    return text.replace("\r\n", "\n").replace("\r", "\n"), note


def _guessed(raw: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    found = from_bytes(raw).best()
    if found is None or b"\x00" in raw:
        raise ImportFault("its text cannot be read in any encoding. Save it as UTF-8 and add it again.")
    # Western European text of a few words looks like several of its relatives: cp1252 is what such files nearly always are.
    relatives = {found.encoding, *found.could_be_from_charset}
    encoding = "cp1252" if relatives & {"cp1252", "latin_1", "iso8859_15", "cp1250", "iso8859_2"} else found.encoding
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text, encoding = str(found), found.encoding
    return text, f"not UTF-8: read as {encoding}"
