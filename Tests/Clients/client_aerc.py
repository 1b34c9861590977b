import contextlib
import os
import pathlib
import time
import urllib.parse

import messages
from mutt_family import BODY, decoded
from support import fetch_all, find, folders, home, search, seed, token, until
from terminal import Screen
from testbed import PASSWORD, Testbed

SENDER, ACCOUNT = 50, 51


def settings(bed, number):
    login = f"{urllib.parse.quote(Testbed.address(number))}:{PASSWORD}@localhost"
    return (
        f"[bed]\nsource = imaps://{login}:{bed.ports['imaps']}\noutgoing = smtps+plain://{login}:{bed.ports['submissions']}\n"
        f"default = INBOX\nfrom = Me <{Testbed.address(number)}>\ncopy-to = Sent\n")


@contextlib.contextmanager
def aerc(bed, number):
    """The editor only puts the body; aerc is led by its commands."""
    files = {
        ".config/aerc/accounts.conf": settings(bed, number), "body": BODY.decode(),
        "editor": '#!/bin/sh\ncat "$HOME/body" > "$1"\n'}
    with home(files) as folder:
        os.chmod(f"{folder}/editor", 0o700)
        with open(f"{folder}/.config/aerc/aerc.conf", "w") as out:
            out.write(f"[compose]\neditor = {folder}/editor\n[filters]\ntext/plain = cat\n")
        with Screen("aerc", HOME=folder, SSL_CERT_FILE=bed.cafile) as screen:
            def command(text):
                screen.write(f":{text}")
                screen.type("Enter")

            screen.wait("Connected")
            yield screen, command, pathlib.Path(folder)
            command("quit -f")


def test_sends_and_files_a_copy_in_sent(bed):
    name = token()
    with aerc(bed, SENDER) as (screen, command, _):
        command(f"compose -H 'To: <{Testbed.address(ACCOUNT)}>' -H 'Subject: {name}'")
        screen.wait("Send this email?")
        command("send")
        until(lambda: search(bed, SENDER, "SUBJECT", name, mailbox="Sent"), 60, "copy in Sent")
    for message in find(fetch_all(bed, ACCOUNT), name), find(fetch_all(bed, SENDER, "Sent"), name):
        assert decoded(message) == BODY, message


def test_reads_flags_copies_moves_and_deletes(bed):
    sent = dict(seed(bed, ACCOUNT, make) for make in (messages.eight_bit, messages.plain, messages.dots))
    read, moved, deleted = sent
    with aerc(bed, ACCOUNT) as (screen, command, folder):
        def view(name):
            """A search is answered later, and nothing shows which message it has chosen: the tab of the opened one does."""
            for _ in range(20):
                command(f"search {name}")
                time.sleep(0.5)
                command("view")
                time.sleep(0.5)
                shown = screen.text()
                if f"Subject: {name}" in shown:
                    return
                if "Subject: t" in shown:
                    command("close")
            raise AssertionError(f"{name} is not found\n{screen.text()}")

        screen.wait(deleted)
        command(f"mkdir {moved}")
        until(lambda: moved in folders(bed, ACCOUNT), 60, "new folder")
        command("cf INBOX")  # mkdir goes there
        screen.wait(deleted)
        view(read)
        screen.wait("Räksmörgås på Göta älv, 東京")
        command(f"pipe -mb sh -c 'cat > {folder}/raw && mv {folder}/raw {folder}/piped'")
        until((folder / "piped").exists, 60, "message in the pipe")
        assert messages.same_text(sent[read], (folder / "piped").read_bytes())
        command("flag")
        command("copy Archive")
        until(lambda: search(bed, ACCOUNT, "SEEN", "FLAGGED", "SUBJECT", read, mailbox="Archive"), 60, "copy in Archive")
        command("close")
        view(moved)
        command("move Junk")
        until(lambda: search(bed, ACCOUNT, "SUBJECT", moved, mailbox="Junk"), 60, "message in Junk")
        view(deleted)
        command("delete")
        until(lambda: not search(bed, ACCOUNT, "SUBJECT", deleted), 60, "deletion")
        command("close")
        name, _ = seed(bed, ACCOUNT, messages.plain)
        screen.wait(name)  # by IDLE
        command(f"filter {name}")
        screen.wait(lambda text: name in text and read not in text)
    assert search(bed, ACCOUNT, "SEEN", "FLAGGED", "SUBJECT", read)
    assert not search(bed, ACCOUNT, "SUBJECT", moved)
    for name, mailbox in ((read, "Archive"), (moved, "Junk")):
        assert messages.same(sent[name], find(fetch_all(bed, ACCOUNT, mailbox), name)), mailbox
