"""What each page does, seen with a browser and checked with a mail program."""
import imaplib
import re
import smtplib

from axe_playwright_python.sync_playwright import Axe
from bed import PASSWORD, Person


def test_password(site, browser):
    person = Person(site, browser, "u00006@example.test")
    person.login()
    person.go("/password")
    person.page.fill("#new", "short")
    person.page.fill("#again", "different")
    person.page.click("main form button")
    assert "not the same" in person.text("#again-error")
    assert person.page.get_attribute("#again", "aria-describedby").split() == ["again-error"]
    person.page.fill("#new", "correct horse battery staple")
    person.page.fill("#again", "correct horse battery staple")
    person.page.click("main form button")
    assert person.path == "/password?done=set" and "is set" in person.text("[role=status]")
    with site.imap(person.user, "correct horse battery staple"):
        pass
    try:
        with site.imap(person.user):
            raise AssertionError("the old password still works")
    except imaplib.IMAP4.error:
        pass
    log = (site.folder / "testbed.log").read_text(errors="replace")
    assert "battery" not in log and "ev=password_set" in log
    person.close()


def test_devices(site, browser):
    person = Person(site, browser, "u00007@example.test")
    person.login()
    with site.imap(person.user) as client:
        client.xatom("ID", '("name" "Testbird")')
        person.go("/devices")
        assert "Testbird" in person.text() and "Chrome" in person.text()
        person.page.click("button[value=end]")
        assert person.path == "/devices?done=end"
        person.page.wait_for_timeout(2_500)
        try:
            client.noop()
            raise AssertionError("the session goes on")
        except (imaplib.IMAP4.abort, OSError):
            pass
    person.page.fill("#name", "Phone <b>")
    person.page.click("button[value=add]")
    password = person.text(".secret code")
    assert "Phone <b>" in person.text("[role=status]")
    with site.imap(person.user, password):
        pass
    person.go("/devices")
    assert password not in person.page.content()
    person.page.click("button[value=revoke]")
    try:
        with site.imap(person.user, password):
            raise AssertionError("it still works")
    except imaplib.IMAP4.error:
        pass
    person.close()


def test_bring_back(site, browser):
    person = Person(site, browser, "u00008@example.test")
    with site.imap(person.user) as client:
        client.append("INBOX", None, None, b"Subject: =?utf-8?q?R=C3=A4ksm=C3=B6rg=C3=A5s?=\r\n\r\nx\r\n")
        client.select("INBOX")
        client.store("1", "+FLAGS", r"(\Deleted)")
        client.expunge()
        person.login()
        person.go("/restore")
        person.page.click("main form button")
        assert "Choose" in person.text("[role=alert]")
        person.page.click("text=Räksmörgås")
        person.page.click("main form button")
        assert "1 brought back" in person.text("[role=status]")
        assert client.select("INBOX")[1] == [b"1"]
    person.go("/space")
    assert "Inbox" in person.text("table")
    person.close()


def test_delete_for_good(site, browser):
    """What was deleted goes before its time only after a second look, and only what that look showed."""
    person = Person(site, browser, "u00008@example.test", java_script_enabled=False)
    with site.imap(person.user) as client:
        client.create("Letters")
        client.select("Letters")
        throw_away(client, "letter 0", "letter 1", "letter 2")
        person.login()
        person.go("/restore")
        person.page.click("button[value=forget]")
        assert "Choose" in person.text("[role=alert]")
        person.page.click("text=letter 0")
        person.page.click("button[value=forget]")
        assert person.text(".lead").startswith("1 mail (") and person.text("main ul") == "letter 0"
        person.page.click("main a.button")
        assert person.path == "/restore" and "letter 0" in person.text("table")
        person.page.click("text=letter 0")
        person.page.click("button[value=forget]")
        person.page.click("button[value=forget-now]")
        assert "1 deleted for good" in person.text("[role=status]")
        assert "letter 0" not in person.text("table") and "letter 1" in person.text("table")
        person.page.click("button[value=forget-all]")
        person.page.wait_for_timeout(1_100)
        throw_away(client, "letter 3")
        person.page.click("button[value=forget-now]")
        assert "2 deleted for good" in person.text("[role=status]")
        assert "letter 3" in person.text("table") and "letter 2" not in person.text("table")
    site.mailctl("retention", "hold", person.user)
    person.page.click("button[value=forget-all]")
    assert "Ask your computer support" in person.text("[role=alert]") and "letter 3" in person.text("table")
    site.mailctl("retention", "release", person.user)
    person.close()
    told = site.mailctl("audit", "--account", person.user, "--format", "tsv", "--columns", "action,actor,after", words=1)
    assert [line.split("\t")[2][:10] for line in told.splitlines() if line.startswith(f"forget\t{person.user}")] == [
        "1 messages", "2 messages"], told


def test_delete_for_good_in_swedish(site, browser):
    person = Person(site, browser, "u00008@example.test", "sv-SE", viewport={"width": 320, "height": 900})
    person.login()
    person.go("/restore")
    person.page.click("text=Ta bort alla för gott")
    assert "kommer att försvinna" in person.text(".lead") and "letter 3" in person.text("main ul")
    found = Axe().run(person.page)
    assert found.violations_count == 0, found.generate_report()
    assert person.page.evaluate("document.scrollingElement.scrollWidth") <= 320
    person.page.click("main button")
    assert "har tagits bort för gott" in person.text("[role=status]")
    person.close()


def throw_away(client, *subjects):
    """Into the mailbox that is open, and out of it again."""
    for subject in subjects:
        client.append("Letters", None, None, f"Subject: {subject}\r\n\r\nx\r\n".encode())
    client.noop()
    client.store("1:*", "+FLAGS", r"(\Deleted)")
    client.expunge()


def test_forwarding(site, browser):
    person = Person(site, browser, "u00009@example.test")
    person.login()
    person.go("/forward")
    for typed, said in (("no address at all@", "no mail address"), (person.user, "your own"), ("nobody@example.test", "Nobody")):
        person.page.evaluate("document.querySelector('main form').noValidate = true")
        person.page.fill("#address", typed)
        person.page.click("button[value=set]")
        assert said in person.text("#address-error"), typed
        assert person.page.input_value("#address") == typed
    person.page.fill("#address", "u00010@example.test")
    person.page.check("input[value=no]")
    person.page.click("button[value=set]")
    assert "goes on to u00010@example.test" in person.text()
    with smtplib.SMTP("localhost", site.bed.ports["smtp"]) as client:
        client.sendmail("a@elsewhere.test", [person.user], "Subject: onward\r\n\r\nx\r\n")
    with site.imap("u00010@example.test") as client:
        assert client.select("INBOX")[1] == [b"1"]
    for _ in range(20):  # what happened is written a moment later
        person.go("/trail?with=elsewhere")
        if "u00010" in person.text():
            break
        person.page.wait_for_timeout(500)
    assert "forwarded to u00010@example.test" in person.text("table")
    person.go("/forward")
    person.page.click("button[value=stop]")
    assert "stays here" in person.text(".lead")
    person.close()


def test_profile(site, browser):
    person = Person(site, browser, "u00011@example.test")
    person.login()
    person.go("/profile")
    person.page.fill("#name", "Åsa O'Neill <x>")
    person.page.check("input[value=sv]")
    person.page.click("main form button")
    assert "Sparat" in person.text("[role=status]")
    person.go("/home")
    assert "Hej, Åsa O'Neill <x>" in person.text("h1")
    person.close()


def test_first_page_tells_this_server(site, browser):
    person = Person(site, browser, "")
    person.go("/")
    text = re.sub(r"\s", " ", person.text())
    for wanted in ("500 MB", "100,000", "50 MB", "10,000", str(site.bed.ports["imaps"]), "7 days", "192.0.2.0/24", "mail.example.test"):
        assert wanted in text, wanted
    assert "helpdesk@example.test" in person.text("footer") and "Example University" in person.text("header")
    person.close()


def test_a_link_for_a_new_password(site, browser):
    user = "u00027@example.test"
    site.mailctl("password", "clear", user)
    link = site.mailctl("password", "link", user).strip()
    path = "/reset/" + link.rpartition("/")[2]
    person = Person(site, browser, user)
    for _ in range(2):  # looking at it does not use it up
        person.go(path)
    person.page.fill("#new", "12345678")
    person.page.fill("#again", "12345678")
    # The test bed has no least length, and so takes what nobody should.
    person.page.fill("#again", "else")
    person.page.click("main form button")
    assert "not the same" in person.text("#again-error")
    person.page.fill("#new", "four unlike words here")
    person.page.fill("#again", "four unlike words here")
    person.page.click("main form button")
    assert person.path == "/login?done=set" and "Log in with it" in person.text("[role=status]")
    assert person.go(path).status == 404 and "has been used" in person.text()
    person.login("four unlike words here")
    assert person.path == "/home"
    assert person.go("/reset/" + "0" * 64).status == 404
    person.close()


def test_removing_the_password(site, browser):
    person = Person(site, browser, "u00028@example.test")
    person.login()
    person.go("/password")
    person.page.click("summary")
    person.page.click("button[value=remove]")
    assert "no mail password" in person.text("[role=status]")
    try:
        with site.imap(person.user):
            raise AssertionError("the removed password still works")
    except imaplib.IMAP4.error:
        pass
    person.close()


def test_strength_while_typing(site, browser):
    person = Person(site, browser, "u00029@example.test")
    person.login()
    person.go("/password")
    person.page.type("#new", "password1")
    person.page.wait_for_selector("#new-strength:has-text('Very weak')")
    person.page.fill("#new", "zebra lantern odd quiver")
    person.page.wait_for_selector("#new-strength:has-text('Strong')")
    assert person.page.locator("form meter").evaluate("meter => meter.value") >= 4
    person.close()


def test_the_page_names_what_uses_the_password(site, browser):
    person = Person(site, browser, "u00030@example.test")
    with site.imap(person.user) as client:
        client.xatom("ID", '("name" "Testbird")')
    person.login()
    for _ in range(40):  # the IMAP worker writes it some seconds later
        person.go("/password")
        if "Testbird" in person.text():
            break
        person.page.wait_for_timeout(500)
    assert "Testbird" in person.text("table") and "IMAP" in person.text("table")
    person.close()


def test_out_of_office(site, browser):
    person = Person(site, browser, "u00024@example.test")
    person.login()
    person.go("/away")
    person.page.fill("#until", "2020-01-31")
    person.page.fill("#from", "2020-02-01")
    person.page.click("button[value=set]")
    assert "Write what they shall read" in person.text("#text-error")
    person.page.fill("#text", "I am on the mountain.")
    person.page.click("button[value=set]")
    assert "before the first" in person.text("#until-error") and not person.page.query_selector("#text-error") and person.page.input_value("#until") == "2020-01-31"
    person.page.fill("#from", "")
    person.page.fill("#until", "2099-01-31")
    person.page.click("button[value=set]")
    assert "is answered now" in person.text(".lead")
    assert person.page.input_value("#until") == "2099-01-31"
    with site.imap("u00023@example.test") as client, smtplib.SMTP("localhost", site.bed.ports["smtp"]) as other:
        other.sendmail("u00023@example.test", [person.user],
                       f"From: u00023@example.test\r\nTo: {person.user}\r\nMessage-ID: <q@x>\r\nSubject: Question\r\n\r\nx\r\n")
        for _ in range(40):
            if client.select("INBOX")[1] != [b"0"]:
                break
            person.page.wait_for_timeout(500)
        text = client.fetch("1", "(BODY[])")[1][0][1].decode()
    assert "on the mountain" in text and "Subject: Auto: Question" in text and "Auto-Submitted: auto-replied" in text
    person.page.click("button[value=stop]")
    assert "Nobody is answered now" in person.text(".lead")
    person.close()
