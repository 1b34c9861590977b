"""IMAPClient's own live test, as its package brings it."""
import datetime
import os
import re
import site
import subprocess

from support import home, python, tls, token
from testbed import PASSWORD, Testbed

ACCOUNT = 48
SETTINGS = """
[DEFAULT]
host = localhost
port = {imaps}
username = {user}
password = {password}
ssl = true
ssl_ca_file = {cafile}

[refused]
password = wrong
expect_failure = AUTHENTICATIONFAILED
"""
# What fails by its own code, and why. Everything else must pass.
EXPECTED = {
    # Python's imaplib, below it, does not know MOVE as a command of sequence numbers.
    "createUidTestClass.<locals>.LiveTest.test_move": ["Unknown IMAP4 command: 'move'"],
    # It compares an Envelope as a sequence, which that is not any more; our own test compares it.
    "createUidTestClass.<locals>.LiveTest.test_fetch": ["First sequence has no length.    Non-sequence?"],
    # It asks its own settings in a way that they do not answer; imaplib's test of ours asks for GETACL.
    "createUidTestClass.<locals>.LiveTest.test_getacl": ["'Namespace' object is not subscriptable"],
    # They hold that no server answers within a millisecond, and within ten microseconds. On loopback it may or may not;
    # and when it does not, they log out over a connection that Python has given up.
    "TestSocketTimeout.test_small_connection_timeout_fail": ["TimeoutError not raised"],
    "TestSocketTimeout.test_small_read_timeout_fail": ["TimeoutError not raised", "cannot read from timed out object"],
}
# Skipped because only Gmail has it; UID EXPUNGE because one half of the tests does without UIDs.
SKIPPED = {"test_xlist", "test_gmail_labels", "test_gmail_search", "test_uid_expunge"}


def test_its_own_live_test(bed):
    with home() as folder:
        path = os.path.join(folder, "live.ini")
        with open(path, "w") as out:
            out.write(SETTINGS.format(
                imaps=bed.ports["imaps"], user=Testbed.address(ACCOUNT), password=PASSWORD, cafile=bed.cafile))
        done = subprocess.run(
            [python().with_name("imapclient-livetest"), path, "-v"], capture_output=True, text=True, timeout=300,
            env={**os.environ, "LC_ALL": "C.UTF-8"})
    report = done.stderr
    assert int(re.search(r"^Ran (\d+) tests", report, re.MULTILINE)[1]) >= 59, report
    failures = [failure for failure in report.split("=" * 70)[1:] if not is_expected(failure)]
    assert not failures, "".join(failures)
    skipped = set(re.findall(r"^(\w+) \(.*\.\.\. skipped", report, re.MULTILINE)) - SKIPPED
    assert not skipped, f"a capability is missing: {skipped}"


def is_expected(failure):
    name = re.search(r"\(imapclient\.livetest\.(\S+)\)", failure)
    return name and any(reason in failure for reason in EXPECTED.get(name[1], []))


def test_envelope(bed):
    [folder] = python().parents[1].glob("lib/python*/site-packages")
    site.addsitedir(str(folder))
    import imapclient
    from imapclient.response_types import Address, Envelope

    name = token()
    bob, one, foo = (
        Address(b"Bob Smith", None, b"bob", b"smith.com"), Address(b"Some One", None, b"some", b"one.com"),
        Address(None, None, b"foo", b"foo.com"))
    message = (
        f"From: Bob Smith <bob@smith.com>\r\nTo: Some One <some@one.com>, foo@foo.com\r\nMessage-ID: <{name}@smith.com>\r\n"
        "Date: Tue, 16 Mar 2010 16:45:32 +0000\r\nSubject: A multipart message\r\n\r\nbody\r\n").encode()
    with imapclient.IMAPClient("localhost", bed.ports["imaps"], ssl_context=tls(bed)) as imap:
        imap.login(Testbed.address(ACCOUNT), PASSWORD)
        imap.append("Drafts", message)
        imap.select_folder("Drafts")
        imap.normalise_times = False
        [uid] = imap.search(["HEADER", "Message-ID", name])
        envelope = imap.fetch([uid], ["ENVELOPE"])[uid][b"ENVELOPE"]
    date = datetime.datetime(2010, 3, 16, 16, 45, 32, tzinfo=envelope.date.tzinfo)
    assert envelope.date.utcoffset() == datetime.timedelta(0), envelope
    assert envelope == Envelope(
        date, b"A multipart message", (bob,), (bob,), (bob,), (one, foo), None, None, None, f"<{name}@smith.com>".encode()), envelope
