"""A full disk: 452 and NO, nothing half stored, reading goes on, and all is well by itself when there is room again."""
import contextlib
import imaplib
import os
import pathlib
import smtplib
import ssl
import subprocess
import tempfile

import ledger as books
from store_check import check
from testbed import PASSWORD, Testbed

HERE = pathlib.Path(__file__).resolve().parent / "diskfull"
KNOWN, FRESH = 1, 2  # an account with mail, and one whose database is not made yet


def full_and_back():
    with tempfile.TemporaryDirectory(prefix="posthus-diskfull-") as folder:
        shim = os.path.join(folder, "full.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", shim, str(HERE / "full.c"), "-ldl"], check=True)
        flag = os.path.join(folder, "flag")
        bed = Testbed(folder, "--accounts", "3")  # makes the store; the shim must see only the server
        store = bed.facts["store"]
        bed.stop()
        bed = Testbed(folder, environment={"LD_PRELOAD": shim, "DISKFULL_DIR": store, "DISKFULL_FLAG": flag})
        try:
            stored = [deliver(bed, KNOWN, f"before{size}", size) for size in books.SIZES]
            for round_ in range(2):
                with disk_full(flag):
                    refused(bed, round_)
                    assert count(bed, KNOWN) == len(stored), "a refused message is there, or a stored one is not"
                stored += [deliver(bed, KNOWN, f"after{round_}-{size}", size) for size in books.SIZES]
            append(bed, KNOWN, "appended")
            deliver(bed, FRESH, "fresh", 5_000)
            assert count(bed, KNOWN) == len(stored) + 1 and count(bed, FRESH) == 1
        finally:
            bed.stop()
        databases = check(store)
        print(f"diskfull: {len(stored)} stored, every size refused twice, databases={databases}", flush=True)


def refused(bed, round_):
    for account in (KNOWN, FRESH):
        for size in books.SIZES:
            try:
                deliver(bed, account, f"full{round_}-{size}", size)
            except smtplib.SMTPDataError as error:
                assert error.smtp_code == 452, f"{size} bytes: {error}"
            except smtplib.SMTPRecipientsRefused as error:
                assert all(code // 10 == 45 for code, _ in error.recipients.values()), error
            else:
                raise AssertionError(f"{size} bytes were accepted on a full disk")
    try:
        append(bed, KNOWN, f"full{round_}")
    except imaplib.IMAP4.error:
        return
    raise AssertionError("APPEND was accepted on a full disk")


@contextlib.contextmanager
def disk_full(flag):
    pathlib.Path(flag).touch()
    try:
        yield
    finally:
        os.unlink(flag)


def deliver(bed, account, token, size):
    with smtplib.SMTP(bed.host, bed.ports["smtp"], timeout=30) as smtp:
        smtp.sendmail("a@elsewhere.example", [bed.address(account)], books.message(token, size))
    return token


@contextlib.contextmanager
def imap(bed, account):
    context = ssl.create_default_context(cafile=bed.cafile)
    client = imaplib.IMAP4_SSL(bed.host, bed.ports["imaps"], ssl_context=context, timeout=30)
    try:
        client.login(bed.address(account), PASSWORD)
        yield client
    finally:
        with contextlib.suppress(*books.NETWORK_ERRORS):
            client.logout()


def append(bed, account, token):
    with imap(bed, account) as client:
        status, reply = client.append("INBOX", None, None, books.message(token, 5_000))
        if status != "OK":
            raise imaplib.IMAP4.error(reply)


def count(bed, account):
    with imap(bed, account) as client:
        status, reply = client.select("INBOX")
        assert status == "OK", reply
        return int(reply[0])
