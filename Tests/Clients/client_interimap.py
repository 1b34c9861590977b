"""interimap keeps two accounts equal, and hears of changes by NOTIFY: it asks for them, and then only for what it was told of."""
import contextlib
import imaplib
import os
import re
import subprocess

import messages
from support import home, run, search, seed, tls, token, until
from testbed import PASSWORD, Testbed

LEFT, RIGHT = 58, 59
NEVER = 600  # seconds between two looks of its own: what comes sooner has been told
CONFIG = """
database = {folder}/state.db
logfile = {folder}/log
list-mailbox = *
ignore-mailbox = ^Other Users
[local]
{left}
[remote]
{right}
"""
SERVER = """type = imaps
host = localhost
port = {port}
username = {user}
password = {password}
SSL_verify = YES
SSL_CAfile = {cafile}
compress = {compress}
"""


def server(bed, account, compress):
    return SERVER.format(
        port=bed.ports["imaps"], user=Testbed.address(account), password=PASSWORD, cafile=bed.cafile, compress=compress)


def configured(bed, folder):
    path = os.path.join(folder, "config")
    with open(path, "w", encoding="utf-8") as out:
        out.write(CONFIG.format(folder=folder, left=server(bed, LEFT, "NO"), right=server(bed, RIGHT, "YES")))
    os.chmod(path, 0o600)
    return ["interimap", "--config", path], {"HOME": folder, "XDG_DATA_HOME": folder}


@contextlib.contextmanager
def watching(command, environment, folder):
    """Runs it until the end; yields what reads its log, in which all traffic is."""
    process = subprocess.Popen(
        [*command, f"--watch={NEVER}", "--notify", "--debug"], env={**os.environ, **environment}, stderr=subprocess.PIPE)

    def log():
        assert process.poll() is None, process.stderr.read()
        with contextlib.suppress(FileNotFoundError), open(os.path.join(folder, "log"), errors="replace") as text:
            return text.read()
        return ""
    try:
        yield log
    finally:
        process.terminate()
        process.communicate(timeout=30)


@contextlib.contextmanager
def editing(bed, account, mailbox="INBOX"):
    with imaplib.IMAP4_SSL("localhost", bed.ports["imaps"], ssl_context=tls(bed)) as session:
        session.login(Testbed.address(account), PASSWORD)
        session.select(mailbox)
        yield session


def test_what_changes_anywhere_is_told_on_both_sides(bed):
    first, _ = seed(bed, LEFT, messages.plain)
    with home() as folder, contextlib.ExitStack() as stack:
        command, environment = configured(bed, folder)
        run(*command, env=environment, timeout=120)  # makes its database
        assert search(bed, RIGHT, "SUBJECT", first)
        log = stack.enter_context(watching(command, environment, folder))
        for side in ("local", "remote"):
            until(lambda: re.search(rf"^.* {side}: C: \w+ NOTIFY SET ", log(), re.MULTILINE), 60, "NOTIFY")

        second, _ = seed(bed, RIGHT, messages.plain)
        until(lambda: search(bed, LEFT, "SUBJECT", second), 60, "a new message, by NOTIFY")
        with editing(bed, LEFT) as session:
            session.uid("STORE", search(bed, LEFT, "SUBJECT", first)[0].decode(), "+FLAGS", r"(\Flagged)")
        until(lambda: search(bed, RIGHT, "SUBJECT", first, "FLAGGED"), 60, "a flag, by NOTIFY")
        with editing(bed, RIGHT) as session:
            session.uid("MOVE", search(bed, RIGHT, "SUBJECT", second)[0].decode(), "Archive")
        until(lambda: search(bed, LEFT, "SUBJECT", second, mailbox="Archive"), 60, "a message elsewhere, by NOTIFY")
        until(lambda: not search(bed, LEFT, "SUBJECT", second), 60, "an EXPUNGE, by NOTIFY")
        third = token()
        with editing(bed, LEFT) as session:
            session.append("Trash", None, None, messages.plain(third, "a@elsewhere.example", Testbed.address(LEFT)))
        until(lambda: search(bed, RIGHT, "SUBJECT", third, mailbox="Trash"), 60, "an APPEND elsewhere, by NOTIFY")
