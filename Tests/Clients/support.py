"""What the client tests share: running programs, sending a seed message, waiting with a bound."""
import contextlib
import email
import imaplib
import os
import re
import smtplib
import ssl
import subprocess
import tempfile
import time
import uuid

from testbed import PASSWORD, ROOT, Testbed


def token():
    return "t" + uuid.uuid4().hex


def run(*command, input=None, env=None, timeout=60, ok=(0,)):
    result = subprocess.run(
        [str(part) for part in command], input=input, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout,
        env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})})
    if result.returncode not in ok:
        raise AssertionError(f"{command} ended with {result.returncode}\n{result.stdout!r}\n{result.stderr!r}")
    return result


def python():
    """The interpreter that has the clients of requirements.txt."""
    path = ROOT / ".build/python/bin/python"
    assert path.exists(), f"{path} is missing: scripts/needs test"
    return path


def home(files=None):
    """A temporary home with private files: {name: text}."""
    folder = tempfile.TemporaryDirectory(prefix="posthus-home-")
    for name, text in (files or {}).items():
        path = os.path.join(folder.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        os.chmod(path, 0o600)
    return folder


def tls(bed):
    return ssl.create_default_context(cafile=bed.cafile)


def seed(bed, number, make, kind_token=None):
    """Delivers one message to account `number` over port 25 and returns (token, bytes)."""
    name = kind_token or token()
    message = make(name, "seed@elsewhere.example", Testbed.address(number))
    with smtplib.SMTP(bed.host, bed.ports["smtp"], local_hostname="client.example") as smtp:
        smtp.ehlo()
        options = ["BODY=8BITMIME"] if any(byte > 127 for byte in message) else []
        refused = smtp.sendmail("seed@elsewhere.example", [Testbed.address(number)], message, mail_options=options)
    assert refused == {}, refused
    return name, message


def until(check, seconds=20, what="the expected state"):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"no {what} within {seconds} s")


@contextlib.contextmanager
def reading(bed, number, mailbox="INBOX"):
    """An imaplib connection that has opened a mailbox without changing it."""
    with imaplib.IMAP4_SSL("localhost", bed.ports["imaps"], ssl_context=tls(bed)) as imap:
        imap.login(Testbed.address(number), PASSWORD)
        status, answer = imap.select(f'"{mailbox}"', readonly=True)
        assert status == "OK", answer
        yield imap


def search(bed, number, *criteria, mailbox="INBOX"):
    """The UIDs of what is found: how the tests ask for the state a client has left."""
    with reading(bed, number, mailbox) as imap:
        status, found = imap.uid("SEARCH", None, *criteria)
        assert status == "OK", found
        return found[0].split()


def folders(bed, number):
    with imaplib.IMAP4_SSL("localhost", bed.ports["imaps"], ssl_context=tls(bed)) as imap:
        imap.login(Testbed.address(number), PASSWORD)
        return [line.decode().split(' "/" ', 1)[1].strip('"') for line in imap.list()[1]]


def fetch_all(bed, number, mailbox="INBOX"):
    """Every message of a mailbox by Python's imaplib: the reading half of clients that only send."""
    with reading(bed, number, mailbox) as imap:
        # Not each UID by its number: a set has 5,000 ranges at most, and a quick server more messages by then.
        status, parts = imap.uid("FETCH", "1:*", "(BODY.PEEK[])")
        assert status == "OK", status
        return [part[1] for part in parts if isinstance(part, tuple)]


def find(messages, name):
    found = [message for message in messages if f"Subject: {name}".encode() in message]
    assert len(found) == 1, f"{len(found)} messages with {name} among {len(messages)}"
    return found[0]


def text_of(message):
    """The text a client has sent, decoded, its lines as they were typed."""
    parts = [part for part in email.message_from_bytes(message).walk() if part.get_content_type() == "text/plain"]
    text = parts[0].get_payload(decode=True).decode().replace("\r\n", "\n")
    return re.sub(r"^ ", "", text, flags=re.MULTILINE)  # format=flowed (RFC 3676 §4.4)
