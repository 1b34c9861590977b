import os

import messages
from support import find, fetch_all, home, run, seed, token
from testbed import PASSWORD, Testbed

SENDER, ACCOUNT = 11, 12


def curl(bed, *arguments, number=ACCOUNT, ok=(0,)):
    user = f"{Testbed.address(number)}:{PASSWORD}"
    return run("curl", "--silent", "--show-error", "--cacert", bed.cafile, "--user", user, *arguments, ok=ok).stdout


def test_sends_by_smtp_submission_and_submissions(bed):
    for scheme, port, extra in (
        ("smtp", "smtp", []), ("smtp", "submission", ["--ssl-reqd"]), ("smtps", "submissions", []),
    ):
        name = token()
        sent = messages.dots(name, Testbed.address(SENDER), Testbed.address(ACCOUNT))
        with home() as folder:
            path = os.path.join(folder, "mail")
            with open(path, "wb") as out:
                out.write(sent)
            login = [] if port == "smtp" else ["--user", f"{Testbed.address(SENDER)}:{PASSWORD}"]
            run("curl", "--silent", "--show-error", "--cacert", bed.cafile, *login, *extra,
                f"{scheme}://localhost:{bed.ports[port]}/client.example", "--mail-from", Testbed.address(SENDER),
                "--mail-rcpt", Testbed.address(ACCOUNT), "--upload-file", path)
        assert messages.same(sent, find(fetch_all(bed, ACCOUNT), name)), port


def test_reads_by_imaps(bed):
    name, sent = seed(bed, ACCOUNT, messages.eight_bit)
    url = f"imaps://localhost:{bed.ports['imaps']}/INBOX"
    uid = curl(bed, url, "--request", f"UID SEARCH SUBJECT {name}").split()[2].decode()
    assert messages.same(sent, curl(bed, f"{url};UID={uid}"))
    listing = curl(bed, f"imaps://localhost:{bed.ports['imaps']}/")
    assert b"Trash" in listing and b"INBOX" in listing, listing


def test_flags_folders_and_deletion_by_imaps(bed):
    name, _ = seed(bed, ACCOUNT, messages.plain)
    url = f"imaps://localhost:{bed.ports['imaps']}/"
    curl(bed, url, "--request", f"CREATE {name}")
    uid = curl(bed, url + "INBOX", "--request", f"UID SEARCH SUBJECT {name}").split()[2].decode()
    curl(bed, url + "INBOX", "--request", f"UID STORE {uid} +FLAGS (\\Flagged)")
    curl(bed, url + "INBOX", "--request", f"UID MOVE {uid} {name}")
    flags = curl(bed, url + name, "--request", "FETCH 1 (FLAGS)")
    assert b"\\Flagged" in flags, flags
    assert uid.encode() not in curl(bed, url + "INBOX", "--request", "UID SEARCH ALL").split()
    curl(bed, url, "--request", f"DELETE {name}")
    # curl has one code for whatever goes wrong before the transfer: a SELECT answered with NO is 67 as well.
    curl(bed, url + name, "--request", "FETCH 1 (FLAGS)", ok=(67,))


def test_appends_by_imaps(bed):
    name = token()
    sent = messages.long_lines(name, "me@example.test", "you@example.test")
    with home() as folder:
        path = os.path.join(folder, "mail")
        with open(path, "wb") as out:
            out.write(sent)
        curl(bed, f"imaps://localhost:{bed.ports['imaps']}/Sent", "--upload-file", path)
    assert find(fetch_all(bed, ACCOUNT, "Sent"), name) == sent


def test_reads_and_deletes_by_pop3s(bed):
    name, sent = seed(bed, 13, messages.dots)
    url = f"pop3s://localhost:{bed.ports['pop3s']}/"
    listing = curl(bed, url, number=13).splitlines()
    assert len(listing) == 1, listing
    assert messages.same(sent, curl(bed, url + "1", number=13))
    curl(bed, url + "1", "--request", "DELE", "--head", number=13)
    assert fetch_all(bed, 13) == [], name


def test_wrong_password_is_login_denied(bed):
    run("curl", "--silent", "--cacert", bed.cafile, "--user", f"{Testbed.address(37)}:wrong",
        f"imaps://localhost:{bed.ports['imaps']}/", ok=(67,))


def test_reads_and_fills_a_shared_mailbox(bed):
    name, sent = seed(bed, ACCOUNT, messages.eight_bit)
    root = f"imaps://localhost:{bed.ports['imaps']}/"
    curl(bed, root, "--request", f"SETACL INBOX {Testbed.address(SENDER)} lri")
    shared = f"{root}Other%20Users/{Testbed.address(ACCOUNT).split('@')[0]}/INBOX"
    uid = curl(bed, shared, "--request", f"UID SEARCH SUBJECT {name}", number=SENDER).split()[2].decode()
    assert messages.same(sent, curl(bed, f"{shared};UID={uid}", number=SENDER))
    new = token()
    with home() as folder:
        path = os.path.join(folder, "mail")
        with open(path, "wb") as out:
            out.write(messages.plain(new, "me@example.test", "you@example.test"))
        curl(bed, shared, "--upload-file", path, number=SENDER)
    assert find(fetch_all(bed, ACCOUNT), new)
    curl(bed, root, "--request", f"DELETEACL INBOX {Testbed.address(SENDER)}")
    # 67: curl's code for a SELECT that is refused.
    curl(bed, f"{shared};UID={uid}", number=SENDER, ok=(67,))
