"""Helpdesks and operators: what they see and change of other people's accounts, and what they never do."""
import concurrent.futures
import contextlib
import csv
import imaplib
import io
import itertools
import pathlib
import re
import smtplib
import sqlite3
import time

from axe_playwright_python.sync_playwright import Axe
from bed import PASSWORD, Person
from case_walk import look

OPERATOR, HELPDESK, OTHER = "u00001@example.test", "u00002@example.test", "u00003@example.test"
HELPED, FOREIGN = "u00028@example.test", "u00029@example.test"
SECRET = "Zanzibar-wristwatch"


def prepare(site):
    """Once: two organisations, who helps in them, and mail whose words must be on no page."""
    if hasattr(site, "ids"):
        return
    for org in ("physics", "law"):
        site.mailctl("org", "add", org)
    for user, org in ((HELPED, "physics"), (HELPDESK, "physics"), (FOREIGN, "law"), (OTHER, "law")):
        site.mailctl("account", "set", user, "--org", org)
    site.mailctl("account", "set", HELPED, "--name", "Åsa <Helped>")
    site.mailctl("role", "grant", OPERATOR, "operator")
    site.mailctl("role", "grant", HELPDESK, "helpdesk", "--org", "physics")
    site.mailctl("role", "grant", OTHER, "helpdesk", "--org", "law")
    site.mailctl("alias", "add", "chair@example.test", HELPED)
    with smtplib.SMTP("localhost", site.bed.ports["smtp"]) as client:
        client.sendmail("a@elsewhere.test", [HELPED], f"Subject: {SECRET}\r\nMessage-ID: <{SECRET}@x.test>\r\n\r\n{SECRET}\r\n")
    rows = csv.DictReader(io.StringIO(site.mailctl("account", "list", "--format", "csv")))
    site.ids = {row["address"]: row["id"] for row in rows}


def account(site, user, more=""):
    return f"/support/account/{site.ids[user]}{more}"


def audit(site, user):
    lines = csv.DictReader(io.StringIO(site.tool("mailctl", "audit", "--account", user, "--format", "csv")))
    return [(line["actor"], line["action"], line["reason"]) for line in lines]


def enter(site, browser, user, *arguments, **options):
    prepare(site)
    person = Person(site, browser, user, *arguments, **options)
    person.login()
    return person


def change(person, action, reason="asked by phone", **fields):
    """Unfolds one form of the account's page, fills it in and sends it."""
    page = person.page
    form = page.locator(f"form:has(button[value={action}])")
    details = page.locator(f"details:has(button[value={action}])")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    for name, value in fields.items():
        field = form.locator(f"#{action}-{name}")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator(f"#{action}-reason").fill(reason)
    form.locator(f"button[value={action}]").click()


def test_every_page_in_every_guise(site, browser, pictures):
    prepare(site)
    guises = list(itertools.product(("en-GB", "sv-SE"), ("light", "dark"), (320, 768, 1920)))
    common = ["/support", "/support?q=example", account(site, HELPED), account(site, HELPED, "/trail")]
    for user, paths in ((HELPDESK, common), (OPERATOR, common + ["/admin", "/admin?period=week", "/admin/queue", "/admin/trail",
                                                                "/admin/roles"])):
        for language, scheme, width in guises:
            person = enter(site, browser, user, language, color_scheme=scheme, viewport={"width": width, "height": 900})
            for path in paths:
                look(person, path, language, scheme, width, pictures)
                if "account" in path:
                    person.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                    assert person.page.evaluate("document.scrollingElement.scrollWidth") <= width, path
                    found = Axe().run(person.page)
                    assert found.violations_count == 0, (path, language, scheme, width, found.generate_report())
                assert SECRET not in person.page.content(), path
            person.close()


def test_nobody_else_is_there(site, browser):
    """Whoever has no role finds no page; a helpdesk finds only its own people, whatever number it tries."""
    places = ["/support", "/admin", "/admin/queue", "/admin/trail", "/admin/roles"]
    person = enter(site, browser, HELPED)
    assert "/support" not in person.page.content()
    for path in places + [account(site, HELPED), account(site, FOREIGN, "/trail")]:
        assert person.go(path).status == 404, path
    person.close()
    for user, own, foreign in ((HELPDESK, HELPED, FOREIGN), (OTHER, FOREIGN, HELPED)):
        person = enter(site, browser, user)
        for path in places[1:]:
            assert person.go(path).status == 404, path
        for address, number in site.ids.items():
            expected = 200 if address in (own, user) else 404
            for more in ("", "/trail"):
                assert person.go(f"/support/account/{number}{more}").status == expected, (user, address)
        for path in ("/support/account/0", "/support/account/999999", "/support/account/x", "/support/account/-1"):
            assert person.go(path).status == 404, path
        person.go(f"/support?q={foreign}")
        assert "Nobody was found" in person.text() and foreign not in person.text("table, p[role=status]")
        person.go("/support")
        assert own in person.text("table") and foreign not in person.text("table")
        person.close()


def post(person, path, form):
    """Sends a form that the page does not show, with the right secret."""
    person.go("/home")
    return person.page.evaluate("""async ([path, form]) => {
        const body = new URLSearchParams(form);
        body.set("form", document.querySelector("input[name=form]").value);
        const answer = await fetch(path, { method: "POST", body, redirect: "manual" });
        return [answer.status, await answer.text()];
    }""", [path, form])


def test_what_no_button_shows(site, browser):
    """A helpdesk that writes its own forms: not the operators' changes, not accounts with roles, not its own, not strangers'."""
    person = enter(site, browser, HELPDESK)
    before = site.tool("mailctl", "audit", "--format", "csv")
    for action in ("quota", "unlock", "end", "release", "allow", "disallow", "link", "class", "suspend", "resume"):
        form = {"do": action, f"{action}-reason": "x", f"{action}-size": "1 GB", f"{action}-which": "all", f"{action}-hours": "24"}
        assert post(person, account(site, FOREIGN), form)[0] == 404, action
        assert post(person, account(site, HELPDESK), form)[0] == 403, action
    for action in ("class", "suspend", "resume", "nonsense", ""):
        assert post(person, account(site, HELPED), {"do": action, f"{action}-reason": "x"})[0] == 404, action
    assert post(person, "/admin/queue", {"do": "remove", "entry": "1", "reason": "x", "sure": "yes"})[0] == 404
    for size in ("none", "default", "-999 GB", "1 PB", "999999999999999999999 GB"):
        assert post(person, account(site, HELPED), {"do": "quota", "quota-size": size, "quota-reason": "x"})[0] == 422, size
    for reason in ("", " ", "a\tb", "a\r\nb", "x" * 201, "\u0085", "\x00"):
        assert post(person, account(site, HELPED), {"do": "unlock", "unlock-reason": reason})[0] == 422, repr(reason)
    assert site.tool("mailctl", "audit", "--format", "csv") == before
    # And without the secret of the form, nothing at all.
    status = person.page.evaluate("""async path => (await fetch(path, { method: "POST", body: new URLSearchParams(
        {do: "unlock", "unlock-reason": "x"}), redirect: "manual" })).status""", account(site, HELPED))
    assert status == 403
    # A helped account that gets a role is the operators' from that moment on, and no link made before leads in.
    made = post(person, account(site, HELPED), {"do": "link", "link-reason": "x", "link-hours": "24"})[1]
    link = re.search(r"/reset/[^<\s]+", made)[0]
    guest = Person(site, browser, HELPED)
    assert guest.go(link).status == 200
    site.mailctl("role", "grant", HELPED, "helpdesk", "--org", "law")
    try:
        assert guest.go(link).status == 404
        guest.close()
        assert post(person, account(site, HELPED), {"do": "link", "link-reason": "x", "link-hours": "24"})[0] == 403
    finally:
        site.mailctl("role", "revoke", HELPED)
    person.close()


def test_a_role_that_is_taken_away_is_gone_at_once(site, browser):
    user = "u00030@example.test"
    prepare(site)
    site.mailctl("role", "grant", user, "helpdesk", "--org", "physics")
    person = enter(site, browser, user)
    assert person.go("/support").status == 200
    site.mailctl("role", "revoke", user)
    assert person.go("/support").status == 404
    assert person.go("/home").status == 200
    person.close()


def test_search(site, browser):
    person = enter(site, browser, HELPDESK)
    for text, found in (("åsa", True), ("ÅSA help", True), ("u00028", True), ("chair@example.test", True), ("zzz", False),
                        ("%", False), ("' or 1=1 --", False), ("%" * 320, False)):
        person.go("/support")
        person.page.fill("#q", text)
        person.page.keyboard.press("Enter")
        person.page.wait_for_url("**q=*")
        assert (HELPED in person.text("main")) == found, text
        assert person.page.input_value("#q") == text
    person.close()


def test_space_within_the_pool(site, browser):
    person = enter(site, browser, HELPDESK)
    person.go(account(site, HELPED))
    assert HELPED in person.text(".whose") and "Åsa <Helped>" in person.text("h1")
    change(person, "quota", size="900 MB")
    assert "no pool" in person.text("#quota-size-error") and person.page.input_value("#quota-size") == "900 MB"
    site.tool("mail-quota", "set", "--org", "physics", "--pool", "1200MB")
    for size, said in (("2 GB", "not so much left"), ("none", "Give a size"), ("lots", "Give a size"), ("1,000 MB", "Give a size")):
        change(person, "quota", size=size)
        assert said in person.text("#quota-size-error"), size
    change(person, "quota", reason="", size="600 MB")
    person.page.evaluate("document.querySelectorAll('form').forEach(each => each.noValidate = true)")
    change(person, "quota", reason=" ", size="600 MB")
    assert "Say why" in person.text("#quota-reason-error")
    change(person, "quota", size="600 MB", until=time.strftime("%Y-%m-%d", time.gmtime()))
    assert "day after today" in person.text("#quota-until-error")
    change(person, "quota", size="600 MB", until="2031-01-31", reason="thesis, ticket 17")
    assert person.path.endswith("?done=quota") and "600" in person.text("#space")
    assert "2031-01-31" in person.text() and HELPDESK in person.text() and "thesis, ticket 17" in person.text()
    assert (HELPDESK, "quota set", "thesis, ticket 17") in audit(site, HELPED)
    listed = site.mailctl("account", "show", HELPED, "--format", "csv", "--columns", "quota_limit_bytes")
    assert "600000000" in listed
    site.tool("mail-quota", "set", "--org", "physics", "--pool", "none")
    person.close()


def comes_in(site, user, password):
    try:
        with site.imap(user, password):
            return True
    except (imaplib.IMAP4.error, OSError):
        return False


def test_unlock(site, browser):
    person = enter(site, browser, HELPDESK)
    with concurrent.futures.ThreadPoolExecutor(12) as guessers:  # each answer waits, some for half a minute
        assert not any(guessers.map(lambda number: comes_in(site, HELPED, f"wrong-{number}"), range(12)))
    assert not comes_in(site, HELPED, PASSWORD)
    person.go(account(site, HELPED))
    assert "locked for" in person.text() and "127.0.0.1" in person.text()
    assert "127.0.0.1" in site.mailctl("account", "failures", HELPED)
    change(person, "unlock", reason="forgot it")
    assert "unlocked" in person.text("[role=status]") and "locked for" not in person.text()
    with site.imap(HELPED):
        pass
    assert (HELPDESK, "account unlock", "forgot it") in audit(site, HELPED)
    person.close()


def test_sessions(site, browser):
    person = enter(site, browser, HELPDESK)
    with site.imap(HELPED) as client:
        client.xatom("ID", '("name" "Otherbird")')
        other = enter(site, browser, HELPED)
        person.go(account(site, HELPED))
        assert "Otherbird" in person.text() and "Chrome" in person.text()
        change(person, "end", which="all")
        assert person.path.endswith("?done=end")
        person.page.wait_for_timeout(2_500)
        try:
            client.noop()
            raise AssertionError("the session goes on")
        except (imaplib.IMAP4.abort, OSError):
            pass
        other.go("/home")
        assert other.path.startswith("/login")
        other.close()
    assert (HELPDESK, "session close", "asked by phone") in audit(site, HELPED)
    person.close()


def test_a_link_for_a_new_password(site, browser):
    person = enter(site, browser, HELPDESK)
    person.go(account(site, HELPED))
    change(person, "link", hours="1", reason="showed his card")
    link = person.text(".secret code")
    assert "/reset/" in link and (HELPDESK, "password link", "showed his card") in audit(site, HELPED)
    person.go(account(site, HELPED))
    assert link not in person.page.content()
    guest = Person(site, browser, HELPED)
    guest.go("/reset/" + link.rpartition("/")[2])
    guest.page.fill("#new", PASSWORD)
    guest.page.fill("#again", PASSWORD)
    guest.page.click("main form button")
    assert guest.path == "/login?done=set", guest.text()
    guest.close()
    person.close()


def test_sending_and_held_mail(site, browser):
    site_class = "held"
    prepare(site)
    site.mailctl("class", "add", site_class)
    site.mailctl("sending", "set", "--class", site_class, "--recipients-per-day", "1")
    user = "u00022@example.test"
    site.mailctl("account", "set", user, "--org", "physics", "--class", site_class)
    with smtplib.SMTP_SSL("localhost", site.bed.ports["submissions"], context=site.tls) as client:
        client.login(user, PASSWORD)
        for number in range(2):
            client.sendmail(user, [f"x{number}@slow.test"], f"From: {user}\r\nSubject: {SECRET}\r\n\r\n{number}\r\n")
    person = enter(site, browser, HELPDESK)
    person.go(account(site, user))
    assert "over the limit of 1" in person.text() and SECRET not in person.page.content()
    change(person, "allow", recipients="1000000", until="2031-01-31")
    assert "Give a number" in person.text("#allow-recipients-error") and "at most 7 days" in person.text("#allow-until-error")
    soon = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 3 * 86_400))
    change(person, "allow", recipients="100", until=soon)
    assert "may send more" in person.text("[role=status]") and "100 recipients" in person.text()
    change(person, "release", which="all")
    assert "on its way" in person.text("[role=status]") and "Nothing." in person.text()
    assert "held" not in site.mailctl("queue", "list", "--sender", user, "--format", "csv")
    change(person, "disallow")
    assert "taken back" in person.text("[role=status]")
    done = [action for actor, action, _ in audit(site, user) if actor == HELPDESK]
    assert {"sending allow", "sending revoke"} <= set(done), done
    assert "queue release" in site.tool("mailctl", "audit", "--format", "csv")
    person.close()


def test_what_operators_change(site, browser):
    user = "u00023@example.test"
    person = enter(site, browser, OPERATOR)
    person.go(account(site, user))
    change(person, "class", name="student", reason="enrolled")
    assert "class is changed" in person.text("[role=status]") and "student" in person.text("dl")
    change(person, "quota", size="none", reason="archive")
    assert "no limit" in person.text()
    change(person, "suspend", reason="stolen laptop")
    assert "suspended: stolen laptop" in person.text("dl")
    try:
        with site.imap(user):
            raise AssertionError("let in")
    except imaplib.IMAP4.error:
        pass
    change(person, "resume", reason="found")
    assert "active" in person.text("dl")
    # Another worker hears of it within a moment.
    deadline = time.monotonic() + 10
    while not comes_in(site, user, PASSWORD):
        assert time.monotonic() < deadline, "still out"
        time.sleep(0.2)
    found = audit(site, user)
    for line in ((OPERATOR, "account class", "enrolled"), (OPERATOR, "quota set", "archive"),
                 (OPERATOR, "account suspend", "stolen laptop"), (OPERATOR, "account resume", "found")):
        assert line in found, (line, found)
    # Nobody his own, and operators change whoever has a role.
    person.go(account(site, OPERATOR))
    assert person.page.locator("main form[method=post]").count() == 0 and "another operator" in person.text(".whose")
    person.go(account(site, HELPDESK))
    assert person.page.locator("main form[method=post]").count() > 3
    person.close()


def test_queue(site, browser):
    prepare(site)
    user = "u00024@example.test"
    with smtplib.SMTP_SSL("localhost", site.bed.ports["submissions"], context=site.tls) as client:
        client.login(user, PASSWORD)
        for number in range(3):
            client.sendmail(user, [f"q{number}@slow.test"], f"From: {user}\r\nSubject: {SECRET}\r\n\r\n{number}\r\n")

    def states():
        rows = csv.DictReader(io.StringIO(site.mailctl("queue", "list", "--sender", user, "--format", "csv")))
        return [row["state"] for row in rows]

    person = enter(site, browser, OPERATOR)
    person.go(f"/admin/queue?sender={user}")
    assert person.page.locator("input[name=entry]").count() == 3 and SECRET not in person.page.content()

    def press(button, boxes, reason="mail loop"):
        person.page.evaluate("document.querySelectorAll('form').forEach(each => each.noValidate = true)")
        for box in person.page.locator("input[name=entry]").all()[:boxes]:
            box.check()
        person.page.fill("#reason", reason)
        person.page.click(f"button[value={button}]")

    press("hold", 0)
    assert "Choose at least" in person.text("[role=alert]")
    press("hold", 2, reason="")
    assert "Say why" in person.text("#reason-error") and person.page.locator("input[name=entry]:checked").count() == 2
    press("hold", 2)
    assert "are held" in person.text("[role=status]") and states().count("held") == 2
    press("release", 3)
    assert "held" not in states()
    press("retry", 3)
    press("remove", 1)
    assert "Tick that you are sure" in person.text("[role=alert]") and len(states()) == 3
    person.page.check("input[name=sure]")
    press("remove", 1)
    assert len(states()) == 2 and "taken out" in person.text("[role=status]")
    lines = list(csv.DictReader(io.StringIO(site.tool("mailctl", "audit", "--format", "csv"))))
    done = {(line["actor"], line["action"], line["reason"]) for line in lines}
    for action in ("queue hold", "queue release", "queue remove"):
        assert (OPERATOR, action, "mail loop") in done, action
    person.go("/admin/queue?state=held&after=1.0")
    assert person.page.input_value("#state") == "held"
    person.close()


def test_trail_and_roles(site, browser):
    person = enter(site, browser, OPERATOR)
    for _ in range(20):  # what happened is written a moment later
        person.go(f"/admin/trail?recipient={HELPED}")
        if "elsewhere" in person.text():
            break
        person.page.wait_for_timeout(500)
    assert "a@elsewhere.test" in person.text("table") and SECRET not in person.text()
    number = person.page.locator("td code").first.inner_text()
    person.go(f"/admin/trail?id={number}")
    assert number in person.text("table")
    person.go(account(site, HELPED, "/trail?with=elsewhere"))
    assert "delivered" in person.text("table") and SECRET not in person.page.content()
    person.go("/admin/roles")
    assert HELPDESK in person.text("table") and "helpdesk of physics" in person.text("table")
    assert person.page.locator("main form").count() == 0
    person.close()


def has_rows(file):
    try:
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as base:
            return bool(base.execute("SELECT count(*) FROM sample").fetchone()[0])
    except sqlite3.OperationalError:
        return False


def test_overview(site, browser):
    """What was counted, as numbers of mailctl, as bars and as a table."""
    prepare(site)
    file, now = pathlib.Path(site.bed.facts["store"], "statistics.db"), int(time.time())
    while not has_rows(file) and time.time() < now + 30:  # the server writes first some seconds after its start
        time.sleep(0.5)
    with contextlib.closing(sqlite3.connect(file, timeout=10)) as base, base:
        for ago, messages in ((7_200, 40), (10_800, 1_200)):
            for span in (300, 3_600, 86_400):
                at = (now - ago) // span * span
                base.execute("INSERT OR REPLACE INTO sample VALUES (?, ?, ?, 7, 90, 5, 2, 3, 5000000000, 9000000000)",
                             (span, at, messages))
    listed = list(csv.DictReader(io.StringIO(site.tool("mailctl", "statistics", "--format", "csv"))))
    assert len(listed) == 48 and sum(int(row["messages_in"]) for row in listed) >= 1_240
    person = enter(site, browser, OPERATOR)
    assert person.go("/admin").status == 200
    text = re.sub(r"\s", " ", person.text())
    for wanted in ("Mail taken in: 1,2", "at most 1,200", "Disk used: ", "In the queue", "Nearly full"):
        assert wanted in text, (wanted, text)
    assert person.page.locator("svg rect").count() == 6 * 48
    box = person.page.locator("svg").first.bounding_box()
    assert box["width"] > 200 and box["height"] > 50, box
    person.page.locator(".chart summary").first.click()
    assert "1,200" in person.text(".chart table")
    person.page.click("text=One week")
    assert person.path == "/admin?period=week" and person.page.locator("svg rect").count() == 6 * 56
    person.close()
