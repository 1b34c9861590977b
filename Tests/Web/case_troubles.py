"""What people see when something of the server is out of order."""
import contextlib
import pathlib
import sqlite3
import time

from bed import Person

HURT, WELL = "u00029@example.test", "u00028@example.test"


def database(site, user):
    """Of that account's mail, when nobody has it open any more."""
    with site.imap(user) as client:
        client.select("INBOX")
    store = pathlib.Path(site.bed.facts["store"])
    with contextlib.closing(sqlite3.connect(f"file:{store}/directory.db?mode=ro", uri=True)) as directory:
        (number,), = directory.execute("SELECT id FROM account WHERE address = ?", (user,))
    found, = store.glob(f"accounts/*/{number}/db")
    deadline = time.monotonic() + 60
    while found.with_name("db-wal").exists():
        assert time.monotonic() < deadline, "it stays open"
        time.sleep(0.2)
    return found


def test_a_store_that_cannot_answer(site, browser):
    """503 and a sentence, in both languages, nothing of the inside; everybody else goes on."""
    path = database(site, HURT)
    kept = path.read_bytes()
    path.write_bytes(b"no database " * 1_000)
    try:
        for language, words in (("en-GB", "cannot answer just now"), ("sv-SE", "kan inte svara just nu")):
            person = Person(site, browser, HURT, language, expects=(503,))
            person.login()
            for place in ("/home", "/space", "/restore"):
                assert person.go(place).status == 503, place
                text = person.text()
                assert words in text, text
                assert not any(word in text for word in ("SQL", "Error", "database", "/")), text
            assert person.go("/settings").status == 200
            person.close()
        other = Person(site, browser, WELL)
        other.login()
        assert other.go("/space").status == 200
        other.close()
    finally:
        path.write_bytes(kept)
    person = Person(site, browser, HURT)
    person.login()
    assert person.go("/space").status == 200
    person.close()
