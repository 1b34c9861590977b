"""mailctl message withdraw: out of mailboxes, in front of a client that looks at them, and out of the queue."""
import imaplib
import json

import mail
from marks import marked
from posthus import SECRET
from server import account
from sink import Manners

AUTHOR, READER = 36, 37


def prepare(stage):
    stage.new_sink("putoff.example", Manners(replies={"RCPT": "450 4.2.0 later"}))


@marked("ours")
def test_a_client_that_looks_sees_it_go(stage):
    server, token, away = stage.server, mail.new_token(), "anna@putoff.example"
    server.submit(AUTHOR, [account(READER), away], mail.compose(token, sender=account(AUTHOR), to=account(READER)))
    server.wait_for(READER, token)
    server.wait_until_waiting(away)
    name = f"<{token}@sending.example>"
    with imaplib.IMAP4_SSL("localhost", server.bed.ports["imaps"], ssl_context=server.context) as client:
        client.login(account(READER), SECRET)
        client.select("INBOX")
        found = client.search(None, "HEADER", "Message-ID", token)[1][0].split()
        assert len(found) == 1, found
        listed = server.records("message", "withdraw", name)
        assert sorted((line["place"], line["address"]) for line in listed) == [("mailbox", account(READER)), ("queue", away)], listed
        said = json.loads(server.mailctl("message", "withdraw", name, "--yes", "--json"))
        assert said["copies"] == 1 and said["queued"] == 1 and said["more"] is False, said
        client.noop()
        assert client.response("EXPUNGE")[1] == found, client.untagged_responses
        assert client.search(None, "HEADER", "Message-ID", token)[1][0] == b""
    assert away not in server.waiting()
    assert server.traced("removed", "--message-id", name)[0]["recipient"] == away
