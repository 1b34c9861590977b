import contextlib
import email
import pathlib

import messages
from mutt_family import BODY
from support import fetch_all, find, home, search, seed, token, until
from terminal import Screen
from testbed import PASSWORD, Testbed

SENDER, ACCOUNT = 52, 53
FEATURES = (
    "enable-flag-cmd", "enable-unix-pipe-cmd", "quit-without-confirm", "expunge-without-confirm",
    "disable-password-file-saving", "quell-extra-post-prompt", "send-without-confirm")


def settings(bed, number):
    server = f"localhost:{bed.ports['imaps']}/ssl/user={Testbed.address(number)}"
    smtp = f"localhost:{bed.ports['submissions']}/ssl/user={Testbed.address(number)}"
    return (
        f"user-domain=example.test\npersonal-name=Test\ncustomized-hdrs=From: {Testbed.address(number)}\n"
        f"inbox-path={{{server}}}INBOX\nfolder-collections=Mail {{{server}}}[]\nsmtp-server={smtp}\n"
        f"default-fcc={{{server}}}Sent\nfeature-list={','.join(FEATURES)}\nposting-character-set=UTF-8\nlast-version-used=9.99\n")


@contextlib.contextmanager
def alpine(bed, number, *arguments):
    with home({"pinerc": settings(bed, number)}) as folder:
        with Screen(f"alpine -p {folder}/pinerc {' '.join(arguments)}", HOME=folder, SSL_CERT_FILE=bed.cafile) as screen:
            yield screen, pathlib.Path(folder)
            screen.wait_end()


def give_password(screen):
    screen.wait("ENTER PASSWORD")
    screen.write(PASSWORD)
    screen.type("Enter")


def test_sends_and_files_a_copy_in_sent(bed):
    name = token()
    with alpine(bed, SENDER, Testbed.address(ACCOUNT)) as (screen, _):
        screen.wait("Message Text")
        screen.type("Tab", "Tab", "Tab")
        screen.write(name)
        screen.type("Enter")
        for line in BODY.decode().splitlines():
            screen.write(line)
            screen.type("Enter")
        screen.wait("From here")
        screen.type("C-x")
        give_password(screen)  # for submission
        give_password(screen)  # for the copy
    for message in find(fetch_all(bed, ACCOUNT), name), find(fetch_all(bed, SENDER, "Sent"), name):
        [part] = [part for part in email.message_from_bytes(message).walk() if part.get_content_type() == "text/plain"]
        assert part.get_payload(decode=True).replace(b"\r\n", b"\n").rstrip() == BODY.rstrip(), message


def test_reads_flags_copies_and_deletes(bed):
    sent = dict(seed(bed, ACCOUNT, make) for make in (messages.eight_bit, messages.plain))
    read, deleted = sent
    with alpine(bed, ACCOUNT, "-i") as (screen, folder):
        def choose(name):
            screen.wait("MESSAGE INDEX")
            screen.type("w")
            screen.wait("Word to search for")
            screen.write(name)
            screen.type("Enter")
            screen.wait("Word found")

        give_password(screen)
        screen.wait(deleted)
        choose(read)
        screen.type("Enter")
        screen.wait("Räksmörgås på Göta älv, 東京")
        screen.type("|", "C-w")
        screen.wait("Pipe RAW message")
        screen.write(f"cat > {folder}/piped")
        screen.type("Enter")
        screen.wait("completed with no output")
        assert messages.same_text(sent[read], (folder / "piped").read_bytes())
        screen.type("*")
        screen.wait("[Important]")
        screen.type("*")
        until(lambda: search(bed, ACCOUNT, "SEEN", "FLAGGED", "SUBJECT", read), 60, "flags")
        screen.type("s")
        screen.wait("to folder")
        screen.type("C-r")
        screen.write("Archive")
        screen.type("Enter")
        until(lambda: search(bed, ACCOUNT, "SUBJECT", read, mailbox="Archive"), 60, "copy in Archive")
        screen.type("<")
        choose(deleted)
        screen.type("d")
        screen.type("x")
        until(lambda: not search(bed, ACCOUNT, "SUBJECT", deleted), 60, "deletion")

        name, _ = seed(bed, ACCOUNT, messages.plain)
        screen.type("C-l")  # asks the server
        screen.wait(name)
        screen.type("q")
    assert search(bed, ACCOUNT, "SEEN", "FLAGGED", "SUBJECT", read)
    assert messages.same(sent[read], find(fetch_all(bed, ACCOUNT, "Archive"), read))
