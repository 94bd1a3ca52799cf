"""What the cells of a column hold: money, percentages, numbers, dates, names, titles, categories."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Kind = Literal["name", "title", "category", "money", "percent", "number", "date"]

_CODES = r"USD|EUR|GBP|CHF|JPY|CAD|AUD|INR|SEK|NOK|DKK|PLN|CZK"
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_CURRENCY = re.compile(rf"[$€£¥₹]|\b(?:{_CODES})\b")
_MONEY_WORDS = re.compile(r"pay|salar|wage|price|cost|fee|budget|income|earning|bonus|compensation|amount|rate", re.I)
_NUMBER = re.compile(r"^-?\d[\d.,'\u00a0\u202f ]*\s?(k|m)?$", re.I)
_DATE = re.compile(r"^\d{4}-\d{1,2}(-\d{1,2})?([T ].*)?$|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$|^(19|20)\d{2}$")
_CODE = re.compile(r"^0\d|^\+\d|^\d{8,}$")  # numbers that count nothing: telephone numbers, postcodes, accounts
_TITLE_WORDS = re.compile(r"title|position|role|job|course|topic|subject|task|project", re.I)
_LONGEST_NAME = 60
_FEW = 0.5


def kind_of(header: str, cells: Sequence[str]) -> Kind | None:
    """The kind of a column; None for one that is only told: free text, yes and no, numbers that count nothing."""
    held = [cell for cell in cells if cell]
    if not held:
        return None
    if all(_DATE.match(cell) for cell in held):
        return "date"
    if all(number(cell) is not None for cell in held):
        if any(_CODE.match(cell) for cell in held):
            return None
        if all("%" in cell for cell in held) or "%" in header:
            return "percent"
        return "money" if unit_of(header, held) or _MONEY_WORDS.search(header) else "number"
    if max(len(cell) for cell in held) > _LONGEST_NAME or all(len(cell) < 4 for cell in held):
        return None
    if len(set(held)) <= _FEW * len(held):
        return "category"
    return "title" if _TITLE_WORDS.search(header) else "name"


def number(cell: str) -> float | None:
    """The number in a cell: `$90k`, `85.000,50 €`, `1 200`, `15%`. None where there is none, or more than one."""
    bare = _CURRENCY.sub("", cell).replace("%", "").strip()
    if not _NUMBER.match(bare):
        return None
    factor = {"k": 1_000, "m": 1_000_000}.get(bare[-1].lower(), 1)
    digits = re.sub(r"[^\d.,-]", "", bare)
    if "." in digits and "," in digits:
        last = max(digits.rfind("."), digits.rfind(","))
        digits = re.sub(r"[.,]", "", digits[:last]) + "." + digits[last + 1 :]
    elif re.search(r"^-?\d{1,3}([.,]\d{3})+$", digits):
        digits = re.sub(r"[.,]", "", digits)
    else:
        digits = digits.replace(",", ".")
    try:
        value = float(digits) * factor
    except ValueError:
        return None
    return int(value) if value == int(value) else value


def unit_of(header: str, cells: Sequence[str]) -> str:
    """The currency that the header or the cells name; empty for none, or for several."""
    found = {_SIGNS.get(sign, sign) for text in (header, *cells) for sign in _CURRENCY.findall(text)}
    return found.pop() if len(found) == 1 else ""
