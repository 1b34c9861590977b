"""Logging in with the organisation's password: a checkpassword program that asks a real LDAP server."""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

from axe_playwright_python.sync_playwright import Axe
from bed import BUILD, HERE, PASSWORD, ROOT, Person, Site
from case_walk import look_at_login

sys.path.append(str(HERE.parent / "Identity"))
from directory import PEOPLE, Directory, until  # noqa: E402


class ProgramSite(Site):
    """With one person more in the directory than there are accounts."""

    def __init__(self, folder):
        (pathlib.Path(folder) / "ldap").mkdir()
        self.directory = Directory(folder + "/ldap", people=31)
        self.environment = {"LDAP_CONF": folder + "/ldap/ldap.conf"}
        super().__init__(
            folder, ["identity.login=program", f"identity.program={ROOT}/share/examples/ldap-password",
                     "identity.failure_delay=1", "identity.failures_per_account=3"], environment=self.environment)

    def close(self):
        super().close()
        self.directory.stop()


SITE = ProgramSite


def own(user):
    return "cid-" + user.split("@")[0]


def choose_password(site, user, password):
    site.directory.admin("ldapmodify", f"dn: uid={user.split('@')[0]},{PEOPLE}\nchangetype: modify\nreplace: userPassword\n"
                                       f"userPassword: {password}\n")


def test_right(site, browser):
    person = Person(site, browser, "u00001@example.test")
    person.go("/devices")
    assert person.path == "/login?back=%2Fdevices"
    assert "not your mail password" in person.text() and "does not open these pages" in person.text()
    person.page.fill("#name", "u00001")
    person.page.fill("#password", own(person.user))
    person.page.click("main form button")
    assert person.path == "/devices", person.text()
    assert "ev=login user=u00001@example.test way=program" in site.log()
    person.close()


def test_wrong(site, browser):
    person = Person(site, browser, "u00002@example.test")
    answers = []
    for user, password in ((person.user, "wrong"), (person.user, PASSWORD), ("nobody-at-all", "wrong"), ("u00002,ou=people", "x")):
        started = time.monotonic()
        person.user = user
        person.login(password)
        answers.append(person.text("[role=alert]"))
        # As long as the first wrong password of anybody's.
        assert time.monotonic() - started > 0.9
    assert set(answers) == {"Name or password is wrong."}, answers
    assert "cid-u" not in site.log() and "ev=auth_fail reason=badpw user=u00002@example.test way=program" in site.log()
    person.close()


def test_no_account_here(site, browser):
    person = Person(site, browser, "u00031")
    person.login("cid-u00031")
    assert "no mail account of that name" in person.text("[role=alert]") and "helpdesk@example.test" in person.text("[role=alert]")
    person.go("/home")
    assert person.path == "/login"
    person.close()


def test_first_mail_password(site, browser):
    """Somebody new has none yet: logs in, sets it, and reads mail with it."""
    site.mailctl("password", "clear", "u00003@example.test")
    person = Person(site, browser, "u00003@example.test")
    person.login(own(person.user))
    assert person.path == "/home", person.text()
    set_password(person, "four quiet lamps by night")
    assert person.path == "/password?done=set", person.text()
    with site.imap("u00003@example.test", "four quiet lamps by night") as client:
        assert client.noop()[0] == "OK"
    person.close()


def set_password(person, password):
    person.go("/password")
    fill_password(person, password)


def fill_password(person, password):
    person.page.fill("#new", password)
    person.page.fill("#again", password)
    person.page.click("main form:has(#new) button")


def test_the_same_password_is_refused(site, browser):
    """On the page, and behind a link."""
    secret = "grey herons over a fjord 71"
    choose_password(site, "u00004", secret)
    person = Person(site, browser, "u00004@example.test")
    person.login(secret)
    set_password(person, secret)
    assert "Choose another one for mail" in person.text("#new-error"), person.text()
    assert Axe().run(person.page).violations_count == 0
    set_password(person, secret + "2")
    assert person.path == "/password?done=set"
    link = site.mailctl("password", "link", person.user).strip().splitlines()[-1]
    person.page.goto(site.base + "/reset/" + link.rsplit("/", 1)[1])
    fill_password(person, secret)
    assert "Choose another one for mail" in person.text("#new-error"), person.text()
    fill_password(person, "grey herons over no fjord 3")
    assert person.path in ("/login?done=set", "/home"), person.path
    person.close()


def test_suspended(site, browser):
    site.mailctl("account", "suspend", "u00005@example.test", "--reason", "test")
    time.sleep(2.5)
    person = Person(site, browser, "u00005@example.test")
    person.login(own(person.user))
    assert "closed" in person.text("[role=alert]")
    person.close()


def test_failures_count_everywhere(site, browser):
    person = Person(site, browser, "u00006@example.test")
    for number in range(3):
        person.login(f"wrong {number}")
        assert person.text("[role=alert]") == "Name or password is wrong."
    person.login(own(person.user))
    assert "Too many attempts" in person.text("[role=alert]")
    try:
        with site.imap(person.user):
            raise AssertionError("IMAP knows nothing of it")
    except Exception as error:
        assert not isinstance(error, AssertionError), error
    person.close()


def test_in_every_guise(site, browser, pictures):
    look_at_login(site, browser, pictures, "login-program")
    person = Person(site, browser, "u00007@example.test", "sv-SE")
    person.go("/login")
    assert "Ditt lösenord hos Example University" in person.text()
    person.close()


def test_directory_down(site, browser):
    """Nobody's fault: nothing is counted, and the log says what is wrong."""
    site.directory.stop()
    person = Person(site, browser, "u00008@example.test")
    for _ in range(4):
        person.login(own(person.user))
        assert "Nobody can log in just now" in person.text("[role=alert]")
    assert "reason=unavailable user=u00008@example.test way=program cause=\"it ended with 111\"" in site.log(), site.log()[-600:]
    site.directory.start()
    person.login(own(person.user))
    assert person.path == "/home", person.text()
    person.close()


def test_the_worker_is_replaced(site, browser):
    workers = {row["worker"]: row["pid"] for row in status(site)["workers"]}
    os.kill(workers["identity-1"], signal.SIGKILL)
    person = Person(site, browser, "u00009@example.test")
    person.login(own(person.user))
    assert person.path == "/home", person.text()
    until(lambda: any(row["worker"] == "identity-1" and row["pid"] != workers["identity-1"] for row in status(site)["workers"]), "it")
    # The one that takes over after a reload has the socket, and the one before it takes no name along.
    config = pathlib.Path(site.bed.facts["config"])
    text, count = re.subn(r"(?m)^(\S*recipients) = .*$", r"\1 = 200", config.read_text(), count=1)
    assert count == 1
    config.write_text(text)
    pids = {row["pid"] for row in status(site)["workers"]}
    serve(site, "--reload")
    assert not pids & {row["pid"] for row in status(site)["workers"] if row["state"] == "ready"}, "the same workers"
    person.page.click("form.account button")
    person.login(own(person.user))
    assert person.path == "/home", person.text()
    person.close()


def serve(site, *options):
    command = [str(BUILD / "mail-serve"), "--config", site.bed.facts["config"], *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if "--json" in options else done.stdout


def status(site):
    return serve(site, "--status", "--json")


def test_in_a_single_process(site, browser):
    """The last one: the server of the cases before makes room."""
    site.bed.stop()
    command = [str(BUILD / "mail-serve"), "--config", site.bed.facts["config"],
               "--single-process", "--ready-json"]
    with open(site.folder / "single.log", "ab") as log:
        alone = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env={**os.environ, **site.environment})
    try:
        assert alone.stdout.readline()
        person = Person(site, browser, "u00010@example.test")
        person.login(own(person.user))
        assert person.path == "/home", person.text()
        person.close()
    finally:
        alone.terminate()
        alone.wait(30)
