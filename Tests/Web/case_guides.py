"""The steps for each mail program, and the first look after the login."""
import os
import subprocess
import tempfile
import time

from bed import PASSWORD, Person

PROGRAMS = {"Mail", "Gmail", "Thunderbird, K-9 Mail", "Thunderbird", "Outlook", "Evolution", "Mutt, NeoMutt"}


def test_steps_for_each_program(site, browser):
    person = Person(site, browser, "u00023@example.test")
    person.go("/settings")
    assert {each.inner_text() for each in person.page.query_selector_all("summary strong")} == PROGRAMS
    # Closed until somebody wants one; opened also by keyboard and without script.
    assert not person.page.is_visible("details ol")
    person.page.focus("details summary")
    person.page.keyboard.press("Enter")
    assert "Fetch" not in person.text("details ol") and "fetch your profile" in person.text("details ol")
    person.login()
    person.go("/settings")
    person.page.click("summary:has-text('Gmail')")
    text = person.text("details[open]")
    for wanted in (person.user, "mail.example.test", str(site.bed.ports["imaps"]), str(site.bed.ports["submission"]), "STARTTLS"):
        assert wanted in text, (wanted, text)
    assert person.page.get_attribute("details a[href$=mobileconfig]", "href") == "/settings/mail.mobileconfig"
    person.close()


def test_neomutt_takes_the_lines_as_they_are(site, browser):
    """From the page into a file; only the name of the server is that of this machine, and its authority a test's."""
    person = Person(site, browser, "u00023@example.test")
    person.login()
    person.go("/settings")
    person.page.click("summary:has-text('NeoMutt')")
    lines = person.text("details[open] pre").replace("mail.example.test", "localhost")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "muttrc")
        with open(path, "w", encoding="utf-8") as out:
            out.write(f'{lines}\nset imap_pass="{PASSWORD}"\nset smtp_pass="{PASSWORD}"\nset certificate_file="{site.bed.cafile}"\n')
        done = subprocess.run(["neomutt", "-F", path, "-s", "by the page's lines", "--", "u00024@example.test"], input="text\n", text=True,
                              capture_output=True, timeout=60, env={**os.environ, "HOME": folder, "TERM": "xterm"})
        assert done.returncode == 0, done.stdout + done.stderr
    deadline = time.monotonic() + 30
    with site.imap("u00024@example.test") as client:
        while client.select("INBOX")[0] == "OK" and client.search(None, "SUBJECT", "lines")[1] == [b""]:
            assert time.monotonic() < deadline, "the mail did not arrive"
            time.sleep(0.2)
    person.close()


def test_the_first_look(site, browser):
    person = Person(site, browser, "u00022@example.test")
    site.mailctl("forward", "set", person.user, "else@home.example")
    person.login()
    text = person.text()
    for wanted in ("Set on 20", "Your mail is sent on to else@home.example", "Mail programs", "Space"):
        assert wanted in text, (wanted, text)
    person.page.click("a:has-text('Change it')")
    assert person.path == "/password"
    site.mailctl("forward", "unset", person.user)
    deadline = time.monotonic() + 10
    while person.go("/home") and "else@home.example" in person.text():
        assert time.monotonic() < deadline, "the server has not heard of it"
        time.sleep(0.2)
    person.close()
