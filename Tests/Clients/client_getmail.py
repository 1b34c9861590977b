import contextlib
import os
import pathlib
import subprocess

import messages
from support import fetch_all, find, home, run, search, seed, until
from testbed import PASSWORD, Testbed

ACCOUNT, BY_POP, WAITING = 45, 46, 47
CONFIG = """
[retriever]
type = {kind}
server = localhost
port = {port}
username = {user}
password = {password}
ca_certs = {cafile}
{retriever}

[destination]
type = MDA_external
path = /bin/sh
arguments = ("-c", "cat > $(mktemp -p {folder}/mail)")
allow_root_commands = true

[options]
delivered_to = false
received = false
verbose = 1
{options}
"""


def write_config(bed, folder, number, kind, retriever="", options=""):
    path = os.path.join(folder, "getmailrc")
    os.makedirs(os.path.join(folder, "mail"), exist_ok=True)
    port = bed.ports["pop3s" if "POP3" in kind else "imaps"]
    with open(path, "w") as out:
        out.write(CONFIG.format(
            kind=kind, port=port, user=Testbed.address(number), password=PASSWORD, cafile=bed.cafile, folder=folder,
            retriever=retriever, options=options))
    return path


def getmail(bed, folder, *settings, **more):
    path = write_config(bed, folder, *settings, **more)
    run("getmail", f"--getmaildir={folder}", f"--rcfile={path}", env={"HOME": folder}, timeout=120)
    return retrieved(folder)


def retrieved(folder):
    return [path.read_bytes() for path in pathlib.Path(folder, "mail").iterdir()]


def all_came(sent, received):
    assert len(received) == len(sent), len(received)
    for name, original in sent.items():
        assert messages.same_text(original, find(received, name)), name


def test_retrieves_only_what_is_new(bed):
    sent = dict(seed(bed, ACCOUNT, make) for make in messages.KINDS)
    with home() as folder:
        def retrieve():
            return getmail(bed, folder, ACCOUNT, "SimpleIMAPSSLRetriever", options="read_all = false\ndelete = false")

        all_came(sent, retrieve())
        sent.update([seed(bed, ACCOUNT, messages.dots)])
        all_came(sent, retrieve())
    assert len(fetch_all(bed, ACCOUNT)) == len(sent)


def test_moves_on_the_server_what_it_has_retrieved(bed):
    name, sent = seed(bed, ACCOUNT, messages.eight_bit)
    with home() as folder:
        moving = 'mailboxes = ("INBOX",)\nmove_on_delete = Archive\nimap_search = UNSEEN'
        received = getmail(bed, folder, ACCOUNT, "SimpleIMAPSSLRetriever", retriever=moving, options="delete = true")
        assert messages.same_text(sent, find(received, name))
    assert not search(bed, ACCOUNT, "SUBJECT", name)
    assert messages.same(sent, find(fetch_all(bed, ACCOUNT, "Archive"), name))


def test_deletes_what_it_has_retrieved_by_pop3(bed):
    sent = dict(seed(bed, BY_POP, make) for make in messages.KINDS)
    with home() as folder:
        all_came(sent, getmail(bed, folder, BY_POP, "SimplePOP3SSLRetriever", options="delete = true"))
    assert fetch_all(bed, BY_POP) == []


@contextlib.contextmanager
def idling(bed, folder):
    path = write_config(bed, folder, WAITING, "SimpleIMAPSSLRetriever", options="read_all = false\ndelete = false")
    with open(os.path.join(folder, "log"), "wb") as log:
        process = subprocess.Popen(
            ["getmail", f"--getmaildir={folder}", f"--rcfile={path}", "--idle=INBOX", "--trace"], stdout=log, stderr=log,
            env={**os.environ, "HOME": folder, "PYTHONUNBUFFERED": "1"})
    try:
        yield lambda: open(os.path.join(folder, "log")).read()
    finally:
        process.kill()  # It waits for the server and hears no milder signal.
        process.wait()


def test_is_told_of_mail_while_it_idles(bed):
    with home() as folder, idling(bed, folder) as log:
        until(lambda: "Entering IDLE mode" in log(), 60, "IDLE")
        name, sent = seed(bed, WAITING, messages.plain)
        until(lambda: [m for m in retrieved(folder) if name.encode() in m and m.endswith(b"message.\n")], 60, "push")
        assert messages.same_text(sent, find(retrieved(folder), name))
