import mailbox
import os

import messages
from support import fetch_all, find, home, run, seed
from testbed import PASSWORD, Testbed

ACCOUNT = 17


def test_fetches_once_keeps_and_then_deletes(bed):
    sent = dict(seed(bed, ACCOUNT, make) for make in messages.KINDS)
    with home() as folder:
        maildir = os.path.join(folder, "Maildir")
        mailbox.Maildir(maildir, create=True)
        fetch(bed, folder, "on")
        fetch(bed, folder, "on")  # the second time UIDL says that nothing is new
        received = [mailbox.Maildir(maildir).get_bytes(key) for key in mailbox.Maildir(maildir).keys()]
        assert len(received) == len(sent), (len(received), len(sent))
        for name, original in sent.items():
            assert messages.same_text(original, find(received, name)), name
        assert len(fetch_all(bed, ACCOUNT)) == len(sent)
        fetch(bed, folder, "off")
        assert fetch_all(bed, ACCOUNT) == []


def fetch(bed, folder, keep):
    config = os.path.join(folder, "mpoprc")
    with open(config, "w") as out:
        out.write(
            f"account bed\nhost localhost\nport {bed.ports['pop3s']}\ntls on\ntls_starttls off\n"
            f"tls_trust_file {bed.cafile}\nauth user\nuser {Testbed.address(ACCOUNT)}\npassword {PASSWORD}\n"
            f"keep {keep}\nuidls_file {folder}/uidls\ndelivery maildir {folder}/Maildir\nreceived_header off\n")
    os.chmod(config, 0o600)
    run("mpop", "--file", config, "--quiet", "bed", env={"HOME": folder})
