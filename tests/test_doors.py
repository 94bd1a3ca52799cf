"""Who gets in, and how far: passwords and tokens, hosts and origins, paths, sessions and files, on real servers."""

from __future__ import annotations

import http.client
import json
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode, urlsplit

import gradio as gr
import pytest
from gradio_client import Client  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from conftest import Ran
from rolewise.access import Access, access_to, hashed, new_token
from rolewise.advisor import Advisor
from rolewise.errors import UsageError
from rolewise.settings import Settings
from rolewise.web.app import build_app, where
from rolewise.web.doors.apart import MOST_BYTES, MOST_UPLOAD_BYTES
from rolewise.web.doors.cookie import LOGGED_IN_S, Cookies
from rolewise.web.doors.pace import Pace, neighbourhood
from web_fixtures import ScriptedAdvisor, ask, asked, free_port, open_page, served

PASSWORD = "a quiet word"
TOKEN = "a-token-of-thirty-two-letters-ok"


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def cookie(self) -> str:
        return self.headers.get("set-cookie", "").partition(";")[0]


def fetch(address: str, path: str, body: Any = None, method: str = "", **headers: str) -> Got:
    """One request exactly as written. A body that is no text goes as JSON; headers in snake case."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None and not isinstance(body, (str, bytes)):
        body, named = json.dumps(body), {"content-type": "application/json", **named}
    connection.request(method or ("GET" if body is None else "POST"), path, body, named)
    answer = connection.getresponse()
    kept = {name.lower(): value for name, value in answer.getheaders()}
    streams = kept.get("content-type", "").startswith("text/event-stream")
    got = Got(answer.status, kept, answer.readline() if streams else answer.read())
    connection.close()
    return got


def log_in(address: str, password: str) -> Got:
    form = {"content_type": "application/x-www-form-urlencoded"}
    return fetch(address, "/login", urlencode({"password": password}), **form)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A page without a password, as on one's own machine."""
    with served(ScriptedAdvisor()) as address:
        yield address


@pytest.fixture(scope="module")
def locked() -> Iterator[str]:
    """A page with a password, and a token for programs."""
    settings = Settings(password_hash=hashed(PASSWORD), token=TOKEN)
    with served(ScriptedAdvisor(), access=access_to(settings, "0.0.0.0")) as address:
        yield address


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_this_machine_alone_needs_no_password(host: str) -> None:
    assert access_to(Settings(), host) == Access()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "127.0.0.1.example.org"])
def test_another_address_needs_a_password_a_token_or_a_plain_word(host: str) -> None:
    with pytest.raises(UsageError, match="--open-to-anyone"):
        access_to(Settings(), host)
    assert access_to(Settings(password_hash=hashed(PASSWORD)), host).asked_for
    assert access_to(Settings(token=TOKEN), host).asked_for
    assert not access_to(Settings(), host, open_to_anyone=True).asked_for


def test_serve_says_so_before_it_loads_anything(rolewise: Callable[..., Ran]) -> None:
    ran = rolewise("serve", "--host", "0.0.0.0", "--no-browser")
    assert ran.code == 2 and "rolewise password" in ran.err and "Nothing was started" in ran.err


def test_who_opens_it_to_the_network_is_told_how_others_reach_it() -> None:
    assert where("127.0.0.1", "http://127.0.0.1:7860") == "RoleWise is at http://127.0.0.1:7860\n"
    assert "other machines" in where("0.0.0.0", "http://127.0.0.1:7861").lower()
    assert ":7861 behind it" in where("0.0.0.0", "http://127.0.0.1:7861")
    assert ":7862 behind it" in where("::", "http://[::1]:7862")


@pytest.mark.parametrize(
    ("setting", "value"),
    [("password_hash", "secret"), ("password_hash", "scrypt:30:8:1:AAAA:AAAA"), ("password_hash", "scrypt:15:8:1:A:A"),
     ("token", "short"), ("session_key", "short")],
)  # fmt: skip
def test_a_secret_that_protects_nothing_is_refused_and_not_repeated(
    rolewise: Callable[..., Ran], setting: str, value: str
) -> None:
    ran = rolewise("serve", "--no-browser", **{setting: value})
    assert ran.code == 2 and f"ROLEWISE_{setting.upper()}" in ran.err and "AAAA" not in ran.err


def test_the_password_command_prints_what_the_setting_takes(rolewise: Callable[..., Ran]) -> None:
    ran = rolewise("password", stdin=f"{PASSWORD}\n")
    kept = ran.out.strip()
    assert ran.code == 0 and kept.startswith("scrypt:") and PASSWORD not in ran.out + ran.err
    access = access_to(Settings(password_hash=kept), "0.0.0.0")
    assert access.password_fits(PASSWORD) and not access.password_fits(PASSWORD + "!") and not access.password_fits("")
    assert rolewise("password", stdin="short\n").code == 2
    assert hashed(PASSWORD) != hashed(PASSWORD)


def test_a_token_may_be_kept_as_its_hash(rolewise: Callable[..., Ran]) -> None:
    token, kept = rolewise("password", "--token").out.split()
    access = access_to(Settings(token=kept), "0.0.0.0")
    assert access.token_fits(token) and not access.token_fits(kept) and access.password_fits(token)
    assert new_token()[0] != new_token()[0]


def test_without_the_password_there_is_only_the_log_in(locked: str) -> None:
    page = fetch(locked, "/")
    assert (page.status, page.headers["location"]) == (303, "login") and not page.cookie
    assert fetch(locked, "/login").status == 200
    for path in ("/config", "/theme.css", "/gradio_api/info", "/gradio_api/heartbeat/abc", "/assets/index.js"):
        assert fetch(locked, path).status == 401, path
    assert fetch(locked, "/gradio_api/call/ask", {"data": ["hello", []]}).status == 401


def test_the_password_gives_a_cookie_that_opens_the_page_until_log_out(locked: str) -> None:
    got = log_in(locked, PASSWORD)
    assert got.status == 303 and got.headers["location"] == "./"
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(got.headers["set-cookie"].split("; "))
    assert fetch(locked, "/", cookie=got.cookie).status == 200
    assert fetch(locked, "/login", cookie=got.cookie).status == 303
    name, _, value = got.cookie.partition("=")
    ident, kind, until, signature = value.split(".")
    for forged in (
        f"{ident}.{kind}.{int(until) + 9}.{signature}", f"x{ident}.{kind}.{until}.{signature}", f"{ident}.{kind}.{until}.",
        "", "a.b", "...", "é.in.1.x", f"{value}.x",
    ):  # fmt: skip
        assert fetch(locked, "/config", cookie=f"{name}={forged}".encode().decode("latin-1")).status == 401, forged
    left = fetch(locked, "/logout", "", cookie=got.cookie)
    assert left.status == 303 and "Max-Age=0" in left.headers["set-cookie"]
    assert fetch(locked, "/config", cookie=got.cookie).status == 401


def test_a_visitors_cookie_is_no_log_in() -> None:
    cookies = Cookies(b"k" * 32, "c")
    value = cookies.new(False).partition("=")[2].partition(";")[0]
    visitor = cookies.read(value)
    assert visitor and not visitor.may_enter
    assert Cookies(b"l" * 32, "c").read(value) is None


def test_a_log_in_ends_by_itself() -> None:
    now = [100.0]
    cookies = Cookies(b"k" * 32, "c", lambda: now[0], lambda: now[0])
    value = cookies.new(True).partition("=")[2].partition(";")[0]
    assert cookies.read(value)
    now[0] += LOGGED_IN_S + 2
    assert cookies.read(value) is None


def test_processes_that_share_a_key_keep_log_ins_to_their_time_whatever_the_time_of_day_is_set_to() -> None:
    day, passed = [1_700_000_000.0], [50.0]

    def process() -> Cookies:
        return Cookies(b"k" * 32, "c", lambda: day[0], lambda: passed[0])

    def log_in(at: Cookies) -> str:
        return at.new(True).partition("=")[2].partition(";")[0]

    here, there = process(), process()
    early = log_in(here)
    assert there.read(early)
    right = day[0]
    for jump in (-400 * 86_400.0, -3_600.0, 3_600.0, 400 * 86_400.0):
        day[0] = right + jump
        assert here.read(early) and there.read(early), f"put out by a jump of {jump}"
        meanwhile = log_in(here)
        assert there.read(meanwhile), "nobody is locked out"
        day[0] = right
        assert here.read(meanwhile) and there.read(meanwhile)
        assert jump < LOGGED_IN_S or process().read(meanwhile) is None, (
            "a log-in that would last for longer than 12 hours"
        )
    day[0] = right - 400 * 86_400.0  # set back, so that by the time of day none of them is over for long
    passed[0] += LOGGED_IN_S + 1
    assert here.read(early) is None and there.read(early) is None
    assert process().read(early) is None, "a log-in of what is yet to come, for a process that never saw it"


def test_wrong_passwords_are_counted_and_then_even_the_right_one_waits() -> None:
    with served(ScriptedAdvisor(), access=Access(hashed(PASSWORD))) as address:
        assert [log_in(address, PASSWORD).status for _ in range(7)] == [303] * 7
        assert [log_in(address, "wrong").status for _ in range(5)] == [403] * 5
        late = log_in(address, PASSWORD)
        assert late.status == 429 and 1 <= int(late.headers["retry-after"]) <= 30 and b"Too many tries" in late.body
        assert not late.cookie


def test_a_pace_is_kept_for_each_by_itself() -> None:
    now = [100.0]
    pace = Pace(3, 10.0, clock=lambda: now[0])
    assert [pace.wait_s("a") for _ in range(4)] == [0, 0, 0, 10]
    assert pace.wait_s("b") == 0
    now[0] += 10
    assert pace.wait_s("a") == 0 and pace.wait_s("a") == 10
    pace.give_back("a")
    assert pace.wait_s("a") == 0
    now[0] += 1000
    assert [pace.wait_s("a") for _ in range(4)] == [0, 0, 0, 10]
    assert neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff") != neighbourhood("2001:db8:0:1::1")


def test_a_program_comes_in_with_its_token(locked: str) -> None:
    client = Client(locked, verbose=False, headers={"Authorization": f"Bearer {TOKEN}"})
    assert client.predict("hello", api_name="/ask")["answer"] == "You asked: 5 letters."
    assert fetch(locked, "/config", authorization=f"bearer {TOKEN}").status == 200
    for wrong in (f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer", TOKEN):
        got = fetch(locked, "/config", authorization=wrong)
        assert got.status == 401 and got.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "a@127.0.0.1", "127.0.0.1:x", "", "192.168.1.5"]
)
def test_a_name_pointed_at_this_machine_is_refused(address: str, host: str) -> None:
    assert fetch(address, "/", host=host).status == 421
    assert fetch(address, "/", x_forwarded_host=host or "x").status == 421


def test_this_machines_own_names_are_known(address: str) -> None:
    for host in ("localhost", "localhost:1", "127.0.0.1", "[::1]:7860"):
        assert fetch(address, "/", host=host).status == 200, host


def test_more_names_are_set() -> None:
    advisor = ScriptedAdvisor(settings=Settings(hosts=("roles.example.org",)))
    with served(advisor) as address:
        assert fetch(address, "/", host="roles.example.org").status == 200
        origin = {"host": "127.0.0.1", "origin": "https://roles.example.org"}
        assert fetch(address, "/gradio_api/reset", {"event_id": "a"}, **origin).status == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:9", "http://localhost", "file://"]
)
def test_another_sites_request_is_refused(address: str, origin: str) -> None:
    assert fetch(address, "/gradio_api/call/ask", {"data": ["hello", []]}, origin=origin).status == 403
    assert fetch(address, "/config", origin=origin).status == 403


def test_the_pages_own_request_is_not(address: str) -> None:
    assert fetch(address, "/gradio_api/call/ask", {"data": ["hello", []]}, origin=address).status == 200
    assert fetch(address, "/config", sec_fetch_site="cross-site").status == 403
    assert fetch(address, "/config", sec_fetch_site="same-origin").status == 200


def test_every_answer_has_the_headers(address: str, locked: str) -> None:
    answers = [fetch(address, path) for path in ("/", "/config", "/theme.css", "/nothing", "/gradio_api/info")]
    answers += [fetch(locked, path) for path in ("/", "/login", "/config")]
    answers.append(fetch(address, "/", host="evil.example"))
    for got in answers:
        assert got.headers["x-content-type-options"] == "nosniff"
        assert got.headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in got.headers["content-security-policy"]
        assert "default-src 'none'" in got.headers["content-security-policy"]
        assert "camera=()" in got.headers["permissions-policy"]
        assert "server" not in got.headers
    scripts = re.search(r"script-src ([^;]*)", answers[0].headers["content-security-policy"])
    assert scripts and "unsafe-inline" not in scripts[1] and "sha256-" in scripts[1]


def test_only_the_paths_that_the_page_needs_are_there(address: str, tmp_path: Any) -> None:
    """Of all that the framework would answer: a new version's new paths stay closed, too."""
    from gradio.routes import App

    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    needed = {
        "/", "/config", "/theme.css", "/favicon.ico", "/robots.txt", "/manifest.json", "/assets/{path:path}",
        "/static/{path:path}", "/gradio_api/info", "/logout", "/gradio_api/theme.css", "/gradio_api/startup-events",
        "/gradio_api/heartbeat/{session_hash}", "/gradio_api/queue/join", "/gradio_api/queue/data", "/gradio_api/cancel",
        "/gradio_api/reset", "/gradio_api/reset/", "/gradio_api/upload", "/gradio_api/upload_progress", "/login",
        "/login/", "/gradio_api/call/{api_name}", "/gradio_api/call/{api_name}/", "/gradio_api/call/{api_name}/{event_id}",
        "/gradio_api/run/{api_name}", "/gradio_api/run/{api_name}/",
    }  # fmt: skip
    app = App.create_app(build_app(ScriptedAdvisor()))  # type: ignore[arg-type]
    routes = [r for route in app.routes for r in getattr(getattr(route, "original_router", None), "routes", [route])]
    offered = {route.path for route in routes if hasattr(route, "path")}
    assert {"/gradio_api/file={path_or_url:path}", "/gradio_api/proxy={url_path:path}"} <= offered
    assert len(offered - needed) > 20
    for path in offered - needed:
        filled = re.sub(r"\{\w+(:path)?\}", lambda m: str(secret) if "path" in m[0] else "x", path)
        for body in (None, {}):
            assert fetch(address, filled, body).status == 404, filled


@pytest.mark.parametrize(
    "path",
    ["/assets/", "/static/", "/assets/../../../../etc/passwd", "/static/js/../../../routes.py", "/assets/%2e%2e/%2e%2e/routes.py",
     "/assets/..%2f..%2froutes.py", "/static/js/..%5c..%5croutes.py", "//etc/passwd", "/gradio_api/file=/etc/passwd",
     "/gradio_api/file=http://127.0.0.1:1/", "/gradio_api/file/etc/passwd", "/gradio_api/proxy=http://127.0.0.1:1/",
     "/gradio_api/run/ask", "/gradio_api/api/ask", "/gradio_api/call/send", "/docs", "/openapi.json", "/assets/x\x00.js"],
)  # fmt: skip
def test_no_directory_and_no_file_is_served(address: str, path: str) -> None:
    for body in (None, {"data": ["x", []]}):
        got = fetch(address, path.replace("\x00", "%00"), body)
        assert got.status == 404 and b"root:" not in got.body


def session(address: str) -> dict[str, str]:
    cookie = fetch(address, "/").cookie
    assert cookie
    return {"cookie": cookie}


def test_a_session_and_its_events_are_their_beginners(address: str) -> None:
    mine, yours = session(address), session(address)
    assert fetch(address, "/gradio_api/heartbeat/minemine", **mine).status == 200
    join = {"session_hash": "minemine", "data": [], "fn_index": 0}
    for other in (yours, {}):
        assert fetch(address, "/gradio_api/queue/data?session_hash=minemine", **other).status == 404
        assert fetch(address, "/gradio_api/heartbeat/minemine", **other).status == 404
        assert fetch(address, "/gradio_api/queue/join", join, **other).status == 403
        cancel = {"session_hash": "minemine", "event_id": "e", "fn_index": 0}
        assert fetch(address, "/gradio_api/cancel", cancel, **other).status == 403
    assert fetch(address, "/gradio_api/queue/data?session_hash=a&session_hash=b", **mine).status == 404
    event = json.loads(fetch(address, "/gradio_api/call/ask", {"data": ["hello", []]}, **mine).body)["event_id"]
    assert fetch(address, f"/gradio_api/call/ask/{event}", **yours).status == 404
    assert fetch(address, f"/gradio_api/call/ask/{event}", **mine).status == 200
    assert fetch(address, "/gradio_api/call/ask/unknown", **mine).status == 404


@contextmanager
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address of this machine, and the paths that anybody asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def test_no_file_but_an_uploaded_one_can_be_named(address: str) -> None:
    mine = session(address)
    with listener() as (elsewhere, asked):
        for path in (
            "/etc/passwd",
            f"{elsewhere}/x.pdf",
            "../x",
            "",
            "x.txt",
            f"{os.environ.get('HOME', '')}/x",
            7,
            "a\0b",
        ):
            file = {"path": path, "meta": {"_type": "gradio.FileData"}}
            for data in ([file], [[{"a": file}]], [{**file, "meta": "x"}]):
                for where in ("queue/join", "run/predict", "call/ask"):
                    body = {"data": data, "fn_index": 0, "session_hash": "filesfiles"}
                    assert fetch(address, f"/gradio_api/{where}", body, **mine).status == 403, path
    assert asked == []


def test_what_is_too_large_or_no_message_is_refused(address: str) -> None:
    join = "/gradio_api/queue/join"
    assert fetch(address, join, b"x" * (MOST_BYTES + 1)).status == 413
    for body in (
        b"",
        b"x",
        b"[]",
        b"7",
        b'{"session_hash": 7}',
        b"[" * 100_000,
        b'{"session_hash": ["a"]}',
        b"\xff\xfe",
    ):
        assert fetch(address, join, body, content_type="application/json").status in (400, 422), body[:20]
    assert fetch(address, "/gradio_api/upload", b"x", content_length=str(MOST_UPLOAD_BYTES + 1)).status == 413


def test_gradio_itself_also_checks_the_files() -> None:
    """The check behind ours: Gradio makes it only for a page that it knows as launched."""
    from rolewise.web.app import launch

    serving, _ = launch(ScriptedAdvisor(), port=free_port())  # type: ignore[arg-type]
    assert serving.page.has_launched and serving.page.is_running and serving.page.allowed_paths == []
    serving.close()
    assert isinstance(serving.page, gr.Blocks) and not serving.page.is_running


def watched(page: Page) -> list[str]:
    """What goes wrong in the page from now on."""
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    return wrong


def test_the_browser_runs_the_page_without_complaint_and_no_other_script(browser: Browser, advisor: Advisor) -> None:
    with served(advisor) as address:
        page = browser.new_context().new_page()
        wrong = watched(page)
        page.goto(address)
        page.fill("#rw-box textarea", "Do I need a PhD to become a lead?")
        page.keyboard.press("Enter")
        expect(page.locator(".rw-card").first).to_be_visible()
        for tab, there in (
            ("Compare", ".rw-lines"),
            ("Fit", "#rw-weigh"),
            ("Market", ".rw-table"),
            ("Sources", ".rw-document"),
        ):
            page.get_by_role("tab", name=tab).click()
            expect(page.locator(there).locator("visible=true").first).to_be_visible()
        assert wrong == []
        inject = "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hacked = 1\">');"
        inject += (
            "const s = document.createElement('script'); s.textContent = 'window.hacked = 2'; document.head.append(s)"
        )
        page.evaluate(inject)
        page.wait_for_timeout(300)
        assert page.evaluate("window.hacked") is None
        assert any("Content Security Policy" in line for line in wrong)
        page.context.close()


def test_logging_in_asking_and_logging_out_in_the_browser(browser: Browser, locked: str) -> None:
    page = browser.new_context().new_page()
    page.goto(locked)
    page.get_by_label("Password").fill("not it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not the password")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.fill("#rw-box textarea", "Do I need a PhD?")
    page.keyboard.press("Enter")
    expect(page.locator(".option")).to_be_visible()
    with listener() as (elsewhere, _):
        page.goto(elsewhere.replace("127.0.0.1", "localhost"))
        page.evaluate(f"document.body.innerHTML = '<a href=\"{locked}\">there</a>'")
        page.click("a")
        expect(page.locator("#rw-box textarea")).to_be_visible()
    asked(page, "hello")
    other = page.context.new_page()
    other.goto(locked)
    other.get_by_role("button", name="Log out").click()
    expect(other.get_by_label("Password")).to_be_visible()
    other.goto(locked)
    expect(other.get_by_label("Password")).to_be_visible()

    ask(page, "And what is kept?")
    expect(page.get_by_role("alert")).to_contain_text("You are logged out.")
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=user]").last).to_have_text("hello")
    expect(page.locator("#rw-box textarea")).to_have_value("And what is kept?")
    page.context.close()


def test_the_address_of_one_server_does_not_end_a_talk_with_another(browser: Browser, address: str) -> None:
    """Cookies know no ports: two servers on one machine would take each other's away."""
    with served(ScriptedAdvisor()) as second:
        page = open_page(browser, address)
        other = page.context.new_page()
        other.goto(second)
        other.wait_for_selector(".example")
        page.fill("#rw-box textarea", "hello")
        page.keyboard.press("Enter")
        expect(page.locator("[data-testid=bot]")).to_contain_text("5 letters")
        page.context.close()
