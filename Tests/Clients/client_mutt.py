import os

import messages
from support import fetch_all, find, home, run, seed, tls, token
from testbed import PASSWORD, Testbed

SENDER, ACCOUNT = 22, 23


def settings(bed, folder, number):
    return (
        f'set folder="imaps://localhost:{bed.ports["imaps"]}/"\nset spoolfile="+INBOX"\n'
        f'set imap_user="{Testbed.address(number)}"\nset imap_pass="{PASSWORD}"\n'
        f'set smtp_url="smtps://{Testbed.address(number).replace("@", "%40")}@localhost:{bed.ports["submissions"]}/"\n'
        f'set smtp_pass="{PASSWORD}"\nset from="{Testbed.address(number)}"\nset use_from=yes\nset envelope_from=yes\n'
        f'set ssl_verify_host=yes\nset certificate_file="{bed.cafile}"\n'
        f'set header_cache="{folder}/cache"\nset hostname=client.example\nset record="+Sent"\nset confirmappend=no\n'
        "set send_charset=us-ascii:utf-8\nset quit=yes\nset delete=yes\nset move=no\nset mark_old=no\nset wait_key=no\nset copy=yes\n")


def mutt(bed, number, *arguments, commands="", input=b""):
    with home() as folder:
        path = os.path.join(folder, "muttrc")
        with open(path, "w") as out:
            out.write(settings(bed, folder, number) + commands)
        return run("mutt", "-F", path, *arguments, input=input, env={"HOME": folder, "TERM": "xterm"})


def test_sends_and_files_a_copy_in_sent(bed):
    name = token()
    body = "Räksmörgås\n.\nFrom here\n".encode()
    mutt(bed, SENDER, "-s", name, "--", Testbed.address(ACCOUNT), input=body)
    received = find(fetch_all(bed, ACCOUNT), name)
    copy = find(fetch_all(bed, SENDER, "Sent"), name)
    for message in (received, copy):
        text = message.split(b"\r\n\r\n", 1)[1]
        assert decoded(message, text) == body, message


def decoded(message, text):
    import base64
    import quopri

    text = text.replace(b"\r\n", b"\n")
    if b"base64" in message:
        return base64.b64decode(text)
    return quopri.decodestring(text) if b"quoted-printable" in message else text


def test_reads_flags_moves_and_deletes(bed):
    name, sent = seed(bed, ACCOUNT, messages.plain)
    other, _ = seed(bed, ACCOUNT, messages.plain)
    saved = f"+{name}"
    with home() as folder:
        path = os.path.join(folder, "muttrc")
        with open(path, "w") as out:
            out.write(
                settings(bed, folder, ACCOUNT)
                + 'set imap_check_subscribed=no\nset confirmcreate=no\n'
                + f'push "<limit>~s {name}<enter><flag-message><copy-message>{saved}<enter>'
                + f'<limit>~s {other}<enter><delete-message><sync-mailbox><quit>"\n')
        in_terminal(f"HOME={folder} mutt -F {path}")
    assert messages.same(sent, find(fetch_all(bed, ACCOUNT, name), name))
    inbox = fetch_all(bed, ACCOUNT)
    assert not [m for m in inbox if other.encode() in m], "mutt's deletion did not reach the server"
    import imaplib

    with imaplib.IMAP4_SSL("localhost", bed.ports["imaps"], ssl_context=tls(bed)) as imap:
        imap.login(Testbed.address(ACCOUNT), PASSWORD)
        imap.select("INBOX")
        assert imap.uid("SEARCH", None, "FLAGGED", "SUBJECT", name)[1][0].split()


def in_terminal(command):
    """Runs a full-screen program in a terminal of its own, with a deadline."""
    import pty
    import select
    import time

    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm"
        os.environ["LC_ALL"] = "C.UTF-8"
        os.execvp("sh", ["sh", "-c", f"stty rows 30 cols 100; exec env {command}"])
    screen, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 1)
        if ready:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                data = b""
            if not data:
                break
            screen += data
    else:
        os.kill(pid, 9)
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert status == 0, f"{command} ended with {status}\n{screen[-3000:]!r}"
