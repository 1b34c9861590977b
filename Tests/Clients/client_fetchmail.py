import os

import messages
from support import fetch_all, find, home, run, seed
from testbed import PASSWORD, Testbed


def fetch(bed, number, protocol, port):
    """Fetches the account's mail into a file by fetchmail's own delivery program and returns its text."""
    with home() as folder:
        inbox = os.path.join(folder, "inbox")
        deliver = os.path.join(folder, "deliver")
        with open(deliver, "w") as out:
            out.write(f"#!/bin/sh\n{{ cat; printf '\\n=====\\n'; }} >> {inbox}\n")
        os.chmod(deliver, 0o700)
        config = os.path.join(folder, "rc")
        with open(config, "w") as out:
            out.write(
                f'poll localhost protocol {protocol} service {bed.ports[port]} user "{Testbed.address(number)}" '
                f'password "{PASSWORD}" ssl sslcertck sslcertfile "{bed.cafile}" mda "{deliver}" fetchall no keep\n')
        os.chmod(config, 0o600)
        run("fetchmail", "--fetchmailrc", config, "--nodetach", "--nosyslog", "--pidfile", os.path.join(folder, "pid"),
            env={"HOME": folder, "FETCHMAILHOME": folder})
        with open(inbox, "rb") as stored:
            return stored.read().split(b"\n=====\n")


def exercise(bed, number, protocol, port):
    sent = dict(seed(bed, number, make) for make in messages.KINDS)
    received = fetch(bed, number, protocol, port)
    for name, original in sent.items():
        assert messages.same_text(original, find(received, name)), (protocol, name)
    assert fetch_all(bed, number) == [], "fetchmail did not delete what it had fetched"


def test_fetches_and_deletes_by_imap(bed):
    exercise(bed, 15, "IMAP", "imaps")


def test_fetches_and_deletes_by_pop3(bed):
    exercise(bed, 16, "POP3", "pop3s")
