"""Who may use the page: this machine's people, those who know a password or a token, or, said openly, anyone."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass

from rolewise.errors import UsageError
from rolewise.settings import Settings

FEWEST_CHARACTERS = 8
FEWEST_TOKEN_CHARACTERS = 24
COST = (15, 8, 1)
"""scrypt's cost as powers of two, block size and parallelism: about 0.1 s and 32 MB a try."""


@dataclass(frozen=True)
class Access:
    """What opens the page. Without password and token, whoever reaches it is let in."""

    password_hash: str | None = None
    token_digest: bytes | None = None

    @property
    def asked_for(self) -> bool:
        """Whether people have to prove that they may come in."""
        return bool(self.password_hash or self.token_digest)

    def password_fits(self, password: str) -> bool:
        """Whether this is the password, or the token where there is no password. Takes about 0.1 s and 32 MB."""
        if self.password_hash:
            return _fits(password, self.password_hash)
        return self.token_fits(password)

    def token_fits(self, token: str) -> bool:
        return self.token_digest is not None and hmac.compare_digest(_digest(token), self.token_digest)


def access_to(settings: Settings, host: str, open_to_anyone: bool = False) -> Access:
    """The access that the settings give at this address. Raises UsageError where it would be open to other machines unsaid."""
    access = Access(_checked_hash(settings.password_hash), _token_digest(settings.token))
    if not access.asked_for and not open_to_anyone and not is_this_machine(host):
        raise UsageError(
            f"{host} can be reached from other machines, and nothing keeps anyone out. Nothing was started. "
            "Set ROLEWISE_PASSWORD_HASH to what `rolewise password` prints, or ROLEWISE_TOKEN for programs, "
            "or say that anyone may come in: --open-to-anyone"
        )
    return access


def is_this_machine(host: str) -> bool:
    """Whether an address or name reaches only this machine."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def hashed(password: str) -> str:
    """A password as ROLEWISE_PASSWORD_HASH keeps it: `scrypt:15:8:1:SALT:HASH`. Raises UsageError where it is too short."""
    if len(password) < FEWEST_CHARACTERS:
        raise UsageError(
            f"A password needs at least {FEWEST_CHARACTERS} characters. Nothing was made; choose a longer one."
        )
    salt = secrets.token_bytes(16)
    return ":".join(["scrypt", *map(str, COST), _text(salt), _text(_scrypt(password, salt, COST))])


def new_token() -> tuple[str, str]:
    """A token for a program, and what ROLEWISE_TOKEN may keep in its place: its SHA-256."""
    token = secrets.token_urlsafe(32)
    return token, f"sha256:{_digest(token).hex()}"


def _fits(password: str, kept: str) -> bool:
    cost, salt, expected = _parts(kept)
    return hmac.compare_digest(_scrypt(password, salt, cost), expected)


def _parts(kept: str) -> tuple[tuple[int, int, int], bytes, bytes]:
    name, n, r, p, salt, expected = kept.split(":")
    cost = (int(n), int(r), int(p))
    if name != "scrypt" or not (12 <= cost[0] <= 20 and 1 <= cost[1] <= 16 and 1 <= cost[2] <= 8):
        raise ValueError(kept)
    return cost, base64.urlsafe_b64decode(salt), base64.urlsafe_b64decode(expected)


def _checked_hash(kept: str | None) -> str | None:
    try:
        if kept:
            _parts(kept)
    except (ValueError, binascii.Error):
        raise UsageError(
            "ROLEWISE_PASSWORD_HASH is not what `rolewise password` prints (scrypt:15:8:1:…). "
            "Nothing was started; run that, and copy the whole line."
        ) from None
    return kept or None


def _token_digest(token: str | None) -> bytes | None:
    if not token:
        return None
    if token.startswith("sha256:") and len(token) == len("sha256:") + 64:
        try:
            return bytes.fromhex(token.removeprefix("sha256:"))
        except ValueError:
            pass
    if len(token) < FEWEST_TOKEN_CHARACTERS:
        raise UsageError(
            f"ROLEWISE_TOKEN needs at least {FEWEST_TOKEN_CHARACTERS} characters. Nothing was started; "
            "`rolewise password --token` makes one."
        )
    return _digest(token)


def _scrypt(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    memory = 256 * r * 2**n  # twice of what it takes: the library counts its own on top
    return hashlib.scrypt(password.encode("utf-8", "replace"), salt=salt, n=2**n, r=r, p=p, maxmem=memory, dklen=32)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()
