import mailbox
import os

import messages
from support import fetch_all, find, home, run, seed, tls, token
from testbed import PASSWORD, Testbed

ACCOUNT = 14
CONFIG = """
IMAPAccount bed
Host localhost
Port {port}
User {user}
Pass {password}
SSLType IMAPS
SystemCertificates no
CertificateFile {cafile}

IMAPStore remote
Account bed

MaildirStore local
Path {folder}/mail/
Inbox {folder}/mail/INBOX
SubFolders Verbatim

Channel all
Far :remote:
Near :local:
Patterns *
Create Both
Expunge Both
Remove Both
SyncState *
"""


def sync(bed, folder):
    path = os.path.join(folder, "mbsyncrc")
    os.makedirs(os.path.join(folder, "mail"), exist_ok=True)
    with open(path, "w") as out:
        out.write(CONFIG.format(
            port=bed.ports["imaps"], user=Testbed.address(ACCOUNT), password=PASSWORD, cafile=bed.cafile, folder=folder))
    run("mbsync", "--config", path, "--all", timeout=120)


def local(folder, name="INBOX"):
    return mailbox.Maildir(os.path.join(folder, "mail", name), create=False)


def test_two_way_sync_of_messages_flags_folders_and_deletion(bed):
    sent = dict(seed(bed, ACCOUNT, make) for make in messages.KINDS)
    with home() as folder:
        sync(bed, folder)
        box = local(folder)
        received = {key: box.get_bytes(key) for key in box.keys()}
        assert len(received) == len(sent), len(received)
        for name, original in sent.items():
            assert messages.same_text(original, find(received.values(), name)), name
        assert os.path.isdir(os.path.join(folder, "mail", "Trash"))

        victim, flagged = list(sent)[:2]
        for key, content in received.items():
            if victim.encode() in content:
                box.remove(key)
            elif flagged.encode() in content:
                message = box[key]
                message.set_subdir("cur")
                message.set_flags("FS")
                box[key] = message
        new = token()
        draft = messages.plain(new, "me@example.test", "you@example.test").replace(b"\r\n", b"\n")
        local(folder, "Drafts").add(draft)
        mailbox.Maildir(os.path.join(folder, "mail", "Projects"), create=True)
        sync(bed, folder)
        assert messages.same_text(draft, find(fetch_all(bed, ACCOUNT, "Drafts"), new))
        remaining = fetch_all(bed, ACCOUNT)
        assert not [m for m in remaining if victim.encode() in m], "a deletion did not reach the server"
        check_flags(bed, flagged)


def check_flags(bed, name):
    import imaplib

    with imaplib.IMAP4_SSL("localhost", bed.ports["imaps"], ssl_context=tls(bed)) as imap:
        imap.login(Testbed.address(ACCOUNT), PASSWORD)
        imap.select("INBOX")
        assert imap.uid("SEARCH", None, "FLAGGED", "SEEN", "SUBJECT", name)[1][0].split(), "flags did not arrive"
        assert imap.select("Projects")[0] == "OK", "the new folder did not arrive"
