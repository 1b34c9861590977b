"""A backup brings back what is no mail too: keys that sign, the trail, what may be sent, the secret behind rewritten senders."""
import pathlib
import shutil

import mail
from marks import marked
from server import DOMAIN, account
from stage import UNLIMITED

AUTHOR = 4


def prepare(stage):
    stage.new_sink("kept.example")
    # A server of its own: it is destroyed.
    stage.new_server("saved", settings=UNLIMITED)


@marked("ours", "long")
def test_what_is_destroyed_comes_back(stage):
    server, sink, folder = stage.saved, stage.sinks["mx.kept.example"], stage.folder / "backups"
    server.mailctl("dkim", "create", DOMAIN, "--unchecked")
    server.mailctl("sending", "allow", account(AUTHOR), "--recipients", "70", "--reason", "a course begins")
    to, token = "anna@kept.example", mail.new_token()
    server.submit(AUTHOR, to, mail.compose(token, sender=account(AUTHOR), to=to))
    sink.wait_for(token)
    server.traced("relayed", "--recipient", to)
    before, secret = told(server, to), pathlib.Path(server.store, "srs.secret").read_bytes()
    server.mailctl("store", "backup", str(folder))
    server.stop()
    store = pathlib.Path(server.store)
    shutil.rmtree(store)
    server.mailctl("store", "restore", str(folder))
    assert told(server, to) == before
    assert pathlib.Path(server.store, "srs.secret").read_bytes() == secret
    for place in (store / "keys", store / "srs.secret", folder):
        loose = [path for path in [place, *place.rglob("*")] if path.stat().st_mode & 0o077]
        assert not loose, loose
    server.start()
    token = mail.new_token()
    server.submit(AUTHOR, to, mail.compose(token, sender=account(AUTHOR), to=to))
    got, = sink.wait_for(token)
    assert b"DKIM-Signature:" in got.data, got.data[:2000]


def told(server, to):
    """What the tools say of it all."""
    return [server.records("dkim", "list", DOMAIN), server.records("trace", "--recipient", to),
            server.records("sending", "show", account(AUTHOR))]
