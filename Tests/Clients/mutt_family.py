"""What mutt and neomutt have in common: settings, sending without a screen, reading with one."""
import base64
import imaplib
import os
import quopri

import messages
from support import fetch_all, find, home, run, search, seed, tls, token
from terminal import in_terminal
from testbed import PASSWORD, Testbed


def settings(bed, folder, number):
    return (
        f'set folder="imaps://localhost:{bed.ports["imaps"]}/"\nset spoolfile="+INBOX"\n'
        f'set imap_user="{Testbed.address(number)}"\nset imap_pass="{PASSWORD}"\n'
        f'set smtp_url="smtps://{Testbed.address(number).replace("@", "%40")}@localhost:{bed.ports["submissions"]}/"\n'
        f'set smtp_pass="{PASSWORD}"\nset from="{Testbed.address(number)}"\nset use_from=yes\nset envelope_from=yes\n'
        f'set ssl_verify_host=yes\nset certificate_file="{bed.cafile}"\n'
        f'set header_cache="{folder}/cache"\nset hostname=client.example\nset record="+Sent"\nset confirmappend=no\n'
        "set send_charset=us-ascii:utf-8\nset quit=yes\nset delete=yes\nset move=no\nset mark_old=no\nset wait_key=no\nset copy=yes\n")


def write_settings(bed, folder, number, commands=""):
    path = os.path.join(folder, "muttrc")
    with open(path, "w", encoding="utf-8") as out:
        out.write(settings(bed, folder, number) + commands)
    return path


BODY = "Räksmörgås\n.\nFrom here\n".encode()


def sends(program, bed, sender, account):
    name = token()
    with home() as folder:
        run(program, "-F", write_settings(bed, folder, sender), "-s", name, "--", Testbed.address(account),
            input=BODY, env={"HOME": folder, "TERM": "xterm"})
    assert decoded(find(fetch_all(bed, account), name)) == BODY
    return name


def is_filed(bed, sender, name):
    assert decoded(find(fetch_all(bed, sender, "Sent"), name)) == BODY


def decoded(message):
    text = message.split(b"\r\n\r\n", 1)[1].replace(b"\r\n", b"\n")
    if b"base64" in message:
        return base64.b64decode(text)
    return quopri.decodestring(text) if b"quoted-printable" in message else text


def reads_flags_moves_and_deletes(program, bed, account):
    name, sent = seed(bed, account, messages.plain)
    other, _ = seed(bed, account, messages.plain)
    with home() as folder:
        commands = (
            "set imap_check_subscribed=no\nset confirmcreate=no\n"
            f'push "<limit>~s {name}<enter><flag-message><copy-message>+{name}<enter>'
            f'<limit>~s {other}<enter><delete-message><sync-mailbox><quit>"\n')
        in_terminal(f"HOME={folder} {program} -F {write_settings(bed, folder, account, commands)}")
    assert messages.same(sent, find(fetch_all(bed, account, name), name))
    assert not search(bed, account, "SUBJECT", other), f"the deletion by {program} did not reach the server"
    assert search(bed, account, "FLAGGED", "SUBJECT", name), "the flag did not arrive"


def files_from_a_shared_mailbox(program, bed, guest, owner):
    name, sent = seed(bed, owner, messages.plain)
    shared = f"Other Users/{Testbed.address(owner).split('@')[0]}/INBOX"
    with imaplib.IMAP4_SSL("localhost", bed.ports["imaps"], ssl_context=tls(bed)) as imap:
        imap.login(Testbed.address(owner), PASSWORD)
        assert imap.setacl("INBOX", Testbed.address(guest), "lrste")[0] == "OK"
    with home() as folder:
        commands = (
            "set imap_check_subscribed=no\nset confirmcreate=no\n"
            f'push "<limit>~s {name}<enter><save-message>+Archive<enter><sync-mailbox><quit>"\n')
        in_terminal(f"HOME={folder} {program} -F {write_settings(bed, folder, guest, commands)} -f '+{shared}'")
    assert messages.same(sent, find(fetch_all(bed, guest, "Archive"), name))
    assert not search(bed, owner, "SUBJECT", name), "the message is still with its owner"
