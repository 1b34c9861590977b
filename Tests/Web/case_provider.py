"""Logging in at an OpenID provider (idpyoidc) on loopback."""
import json
import pathlib
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request

from axe_playwright_python.sync_playwright import Axe
from bed import HERE, Person, Site
from case_walk import look_at_login

SCRIPT = HERE / "provider.py"


def free_ports(count):
    """The first of so many in a row."""
    for base in range(21_000, 32_000, count):
        sockets = [socket.socket() for _ in range(count)]
        try:
            for number, each in enumerate(sockets):
                each.bind(("127.0.0.1", base + number))
            return base
        except OSError:
            continue
        finally:
            for each in sockets:
                each.close()
    raise AssertionError("no free ports")


class ProviderSite(Site):
    def __init__(self, folder):
        base = free_ports(9)
        self.provider_port, self.redirect = base + 8, f"https://localhost:{base + 7}/login/callback"
        self.issuer = f"https://localhost:{self.provider_port}"
        self.friends = (self.issuer,)
        secret = pathlib.Path(folder) / "secret"
        secret.touch(0o600)
        secret.write_text("the-secret-of-this-client-0123456789\n")
        (pathlib.Path(folder) / "provider").mkdir()
        super().__init__(
            folder, ["identity.login=oidc", f"identity.oidc_issuer={self.issuer}", "identity.oidc_client=posthus",
                     f"identity.oidc_secret_file={secret}", f"identity.oidc_ca_file={folder}/bed/authority.pem",
                     "identity.oidc_name=Example ID", f"web.address=https://localhost:{base + 7}"],
            ["--base-port", str(base)])
        try:
            self.start()
        except Exception:
            super().close()
            raise

    def start(self):
        bed = self.folder / "bed"
        with open(self.folder / "provider.log", "ab") as log:
            self.provider = subprocess.Popen(
                [sys.executable, SCRIPT, str(self.provider_port), bed / "server.pem", bed / "server.key", self.redirect,
                 self.folder / "provider"], stdout=subprocess.PIPE, stderr=log, text=True)
        assert json.loads(self.provider.stdout.readline())["issuer"] == self.issuer

    def stop(self):
        self.provider.terminate()
        self.provider.wait(20)

    def play(self, trick):
        with urllib.request.urlopen(f"{self.issuer}/trick?{trick}", context=self.tls, timeout=20) as answer:
            assert answer.status == 200

    def close(self):
        self.stop()
        super().close()


SITE = ProviderSite


def to_provider(person, start="/login"):
    person.go(start)
    person.page.click("main a.button")
    assert person.page.url.startswith(person.site.issuer + "/"), person.page.url


def sign_in(person, name=None, password=None, start="/login"):
    name = name or person.user.split("@")[0]
    to_provider(person, start)
    person.page.fill("#user", name)
    person.page.fill("#pass", password or "cid-" + name)
    person.page.click("text=Sign in")


def session(person):
    return next((each for each in person.context.cookies() if each["name"] == "__Host-session"), None)


def answer(person):
    """Where the provider sends somebody back to, who has not followed it yet."""
    ways, site = person.context.request, person.site
    place = ways.get(site.base + "/login/oidc", max_redirects=0).headers["location"]
    assert place.startswith(site.issuer + "/authorization?"), place
    name = person.user.split("@")[0]
    form = {"query": place.split("?", 1)[1], "user": name, "pass": "cid-" + name, "do": "in"}
    return ways.post(site.issuer + "/verify", form=form, max_redirects=0).headers["location"]


def forgive(person, status):
    """What the browser says of a page that came with this status."""
    assert person.complaints and all(f"status of {status}" in each for each in person.complaints), person.complaints
    person.complaints.clear()


def test_there_and_back(site, browser):
    person = Person(site, browser, "u00001@example.test")
    person.go("/devices")
    assert person.path == "/login?back=%2Fdevices" and person.page.query_selector("main form") is None
    assert "Log in with Example ID" in person.text() and "does not open these pages" in person.text()
    seen = []
    person.page.on("request", lambda request: seen.append(request.url))
    sign_in(person, start="/devices")
    person.page.wait_for_url("**/devices")
    cookie = session(person)
    assert cookie["sameSite"] == "Strict" and cookie["secure"] and cookie["httpOnly"]
    assert "__Host-sign-in" not in [each["name"] for each in person.context.cookies()]
    asked = next(url for url in seen if url.startswith(site.issuer + "/authorization"))
    assert "code_challenge_method=S256" in asked and "nonce=" in asked and "scope=openid%20profile" in asked
    assert "ev=login user=u00001@example.test way=oidc" in site.log()
    # Who is in already is not sent away again; who has logged out is not let in again by himself.
    person.go("/login/oidc")
    assert person.path == "/home"
    person.page.click("form.account button")
    person.go("/home")
    assert person.path == "/login"
    # The same answer once more, in the same browser.
    callback = next(url for url in seen if "/login/callback" in url)
    assert person.page.goto(callback).status == 400 and "used already" in person.text("[role=alert]")
    assert session(person) is None
    forgive(person, 400)
    person.close()
    code = callback.split("code=")[1][:40]
    assert code not in site.log()


def test_in_every_guise(site, browser, pictures):
    look_at_login(site, browser, pictures, "login-provider")


def test_the_pages_that_say_no(site, browser):
    person = Person(site, browser, "u00002@example.test", "sv-SE", viewport={"width": 320, "height": 700})
    person.go("/login")
    assert "Logga in hos Example ID" in person.text() and Axe().run(person.page).violations_count == 0
    sign_in(person, password="wrong")
    assert person.page.inner_text("[role=alert]") == "wrong" and person.page.url.startswith(site.issuer)
    person.page.click("text=Cancel")
    assert person.path.startswith("/login/callback?error=access_denied") and "avbröts" in person.text("[role=alert]")
    assert Axe().run(person.page).violations_count == 0 and session(person) is None
    assert person.page.evaluate("document.scrollingElement.scrollWidth") <= 320
    person.page.click("text=Tillbaka till inloggningen")
    assert person.path == "/login"
    assert "ev=auth_fail reason=provider way=oidc cause=access_denied" in site.log()
    person.close()


def test_no_account_here(site, browser):
    person = Person(site, browser, "stranger")
    sign_in(person)
    assert "logged in as stranger" in person.text("[role=alert]") and "helpdesk@example.test" in person.text("[role=alert]")
    assert session(person) is None
    person.close()


def test_suspended(site, browser):
    site.mailctl("account", "suspend", "u00003@example.test", "--reason", "test")
    time.sleep(2.5)
    person = Person(site, browser, "u00003@example.test")
    sign_in(person)
    assert "closed" in person.text("[role=alert]") and session(person) is None
    person.close()


def test_first_mail_password(site, browser):
    site.mailctl("password", "clear", "u00004@example.test")
    person = Person(site, browser, "u00004@example.test", java_script_enabled=False)
    sign_in(person, start="/password")
    person.page.wait_for_url("**/password")
    person.page.fill("#new", "four quiet lamps by night")
    person.page.fill("#again", "four quiet lamps by night")
    person.page.click("main form:has(#new) button")
    assert person.path == "/password?done=set", person.text()
    with site.imap(person.user, "four quiet lamps by night") as client:
        assert client.noop()[0] == "OK"
    person.close()


def test_the_mail_password_does_not_open(site, browser):
    status, fields, _ = site.curl("/login", "--data", "name=u00005&password=secret")
    assert status == 405 and ("allow", "GET, HEAD") in fields


def test_a_link_still_leads_in(site, browser):
    link = site.mailctl("password", "link", "u00006@example.test").strip().splitlines()[-1]
    assert link.startswith(site.base + "/reset/"), link
    person = Person(site, browser, "u00006@example.test")
    person.page.goto(link)
    person.page.fill("#new", "two brown owls at noon")
    person.page.fill("#again", "two brown owls at noon")
    person.page.click("main form.card button")
    assert person.path == "/login?done=set" and "Type it into your mail programs" in person.text()
    person.close()


def test_forged_answers(site, browser):
    """No state, one that nobody has, several, one of another browser."""
    state = "ab" * 32
    for query in ("", "?code=x", f"?code=x&state={state}", f"?code=x&state={state}&state={state}", "?code=x&state=../",
                  f"?error=access_denied&state={state}", f"?state={state}", "?" + "&".join(f"a{n}=b" for n in range(40))):
        status, fields, body = site.curl("/login/callback" + query, "--cookie", "__Host-sign-in=" + "cd" * 32)
        assert status == 400 and "set-cookie" not in dict(fields) and "begin again" in body.lower(), (query, status)


def test_another_browser(site, browser):
    """Mallory's own answer, sent to somebody else as a link: he must not work in Mallory's account."""
    mallory, anna = Person(site, browser, "u00007@example.test"), Person(site, browser, "u00008@example.test")
    trap = answer(mallory)
    assert anna.page.goto(trap).status == 400 and session(anna) is None
    # Not even while Anna is on her own way.
    to_provider(anna)
    assert anna.page.goto(trap).status == 400 and session(anna) is None
    # It is still good where it belongs.
    mallory.page.goto(trap)
    mallory.page.wait_for_url("**/home")
    assert mallory.page.inner_text(".user") == mallory.user
    mallory.close()
    forgive(anna, 400)
    anna.close()


def test_too_late(site, browser):
    person = Person(site, browser, "u00009@example.test")
    to_provider(person)
    with sqlite3.connect(f"{site.bed.facts['store']}/web.db", timeout=20) as database:
        assert database.execute("UPDATE web_sign_in SET created_at = created_at - 601").rowcount >= 1
    person.page.fill("#user", "u00009")
    person.page.fill("#pass", "cid-u00009")
    person.page.click("text=Sign in")
    assert "took too long" in person.text("[role=alert]") and session(person) is None
    forgive(person, 400)
    person.close()


def test_tokens_that_are_wrong(site, browser):
    reasons = {"expired": "expired", "other-audience": "audience", "other-nonce": "nonce", "unsigned": "algorithm",
               "other-key": "signature"}
    for trick, reason in reasons.items():
        person = Person(site, browser, "u00010@example.test")
        site.play(trick)
        sign_in(person)
        assert "begin again" in person.text("[role=alert]") and session(person) is None, trick
        assert reason in site.log().splitlines()[-1], (trick, site.log().splitlines()[-1])
        forgive(person, 400)
        person.close()


def test_an_elliptic_signature(site, browser):
    site.play("elliptic")
    person = Person(site, browser, "u00013@example.test")
    sign_in(person)
    person.page.wait_for_url("**/home")
    person.close()


def test_a_wrong_secret(site, browser):
    """Ours to mend: nobody is told that he did something wrong, and the log says what it is. No restart mends it."""
    secret = site.folder / "secret"
    right = secret.read_text()
    secret.write_text("another\n")
    person = Person(site, browser, "u00014@example.test")
    sign_in(person)
    assert "cannot be asked just now" in person.text("[role=alert]") and session(person) is None
    assert "cause=\"the token endpoint answered 401, invalid_client\"" in site.log()
    forgive(person, 503)
    secret.write_text(right)
    sign_in(person)
    person.page.wait_for_url("**/home")
    person.close()


def test_what_the_operator_sees(site, browser):
    told = json.loads(site.mailctl("identity", "provider", "--json"))
    assert told["issuer"] == site.issuer and told["callback"] == site.redirect and told["client"] == "basic", told
    assert told["keys"] == {"RS256": 1, "ES256": 1}, told
    assert "to be registered there: " + site.redirect in site.mailctl("identity", "provider")


def test_a_new_key(site, browser):
    """The provider signs with a key that it has published since: found, though not asked for at each token that names one."""
    site.play("new-key")
    end = time.monotonic() + 60
    while True:
        person = Person(site, browser, "u00011@example.test")
        sign_in(person)
        person.page.wait_for_timeout(300)
        found = session(person)
        person.complaints.clear()
        person.close()
        if found:
            break
        assert time.monotonic() < end, "not found"
        time.sleep(3)
    site.play("plain")


def test_from_another_name(site, browser):
    """The provider sends people back to one address, so that is where they begin."""
    status, fields, _ = site.curl("/login/oidc?back=/devices", "--header", "Host: other.example.test")
    assert status == 303 and dict(fields)["location"] == site.base + "/login/oidc?here=1&back=%2Fdevices", fields


def test_the_provider_is_down(site, browser):
    person = Person(site, browser, "u00012@example.test")
    place = answer(person)
    site.stop()
    assert person.page.goto(place).status == 503
    assert "Example ID cannot be asked just now" in person.text("[role=alert]")
    assert "ev=identity_unavailable" in site.log()
    forgive(person, 503)
    person.close()
    site.start()
