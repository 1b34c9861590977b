"""What the client tests share: running programs, sending a seed message, waiting with a bound."""
import os
import smtplib
import ssl
import subprocess
import tempfile
import time
import uuid

from testbed import PASSWORD, Testbed


def token():
    return "t" + uuid.uuid4().hex


def run(*command, input=None, env=None, timeout=60, ok=(0,)):
    result = subprocess.run(
        [str(part) for part in command], input=input, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout,
        env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})})
    if result.returncode not in ok:
        raise AssertionError(f"{command} ended with {result.returncode}\n{result.stdout!r}\n{result.stderr!r}")
    return result


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


def fetch_all(bed, number, mailbox="INBOX"):
    """Every message of a mailbox by Python's imaplib: the reading half of clients that only send."""
    import imaplib

    with imaplib.IMAP4_SSL("localhost", bed.ports["imaps"], ssl_context=tls(bed)) as imap:
        imap.login(Testbed.address(number), PASSWORD)
        status, _ = imap.select(mailbox, readonly=True)
        assert status == "OK", status
        status, found = imap.uid("SEARCH", None, "ALL")
        uids = found[0].split()
        if not uids:
            return []
        status, parts = imap.uid("FETCH", b",".join(uids).decode(), "(BODY.PEEK[])")
        assert status == "OK", status
        return [part[1] for part in parts if isinstance(part, tuple)]


def find(messages, name):
    found = [message for message in messages if f"Subject: {name}".encode() in message]
    assert len(found) == 1, f"{len(found)} messages with {name} among {len(messages)}"
    return found[0]
