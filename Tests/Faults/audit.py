"""The ledger against what the server shows: lost, back again, doubled, and UIDs that changed their message."""
import collections
import re

from ledger import imap

MAILBOXES = ("INBOX", "Archive")


def scan(bed, accounts, is_quiet, mailboxes=MAILBOXES):
    """{(account, mailbox, uidvalidity, uid): token} of everything the server shows; when nothing else is going on, it
    must be as much as it says."""
    seen = {}
    for account in range(1, accounts + 1):
        with imap(bed, account) as session:
            for mailbox in mailboxes:
                seen.update(scan_mailbox(session, account, mailbox, is_quiet))
    return seen


def scan_mailbox(session, account, mailbox, is_quiet):
    seen = {}
    count = int(session.select(mailbox, readonly=True)[1][0])
    if count == 0:
        return seen
    validity = int(session.response("UIDVALIDITY")[1][0])
    status, lines = session.uid("FETCH", "1:*", "(RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
    assert status == "OK" or not is_quiet, status
    for part in lines:
        if isinstance(part, tuple):
            key = (account, mailbox, validity, int(re.search(rb"UID (\d+)", part[0]).group(1)))
            assert key not in seen, f"UID twice: {key}"
            seen[key] = re.search(rb"<(\w+)@ledger>", part[1]).group(1).decode()
    assert len(seen) == count or not is_quiet, f"{account} {mailbox}: {count} EXISTS, {len(seen)} fetched"
    return seen


class Audit:
    """Remembers from scan to scan, so that a UID is seen to keep its message and a mailbox its UIDVALIDITY."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.uids, self.validities = {}, {}
        self.copies = collections.Counter()

    def take(self, seen):
        for key, token in seen.items():
            account, mailbox, validity, _ = key
            assert self.uids.setdefault(key, token) == token, f"UID {key} was {self.uids[key]} and is {token}"
            known = self.validities.setdefault((account, mailbox), validity)
            assert known == validity, f"UIDVALIDITY of {account} {mailbox} was {known} and is {validity}"
        self.copies = collections.Counter((token, key[0]) for key, token in seen.items())
        for key, token in list(self.ledger.uids.items()):  # clients go on writing into it
            assert seen.get(key, token) == token, f"{key} was acknowledged for {token} and is {seen[key]}"

    @property
    def lost(self):
        return [(token, account) for token, accounts in self.ledger.kept.items() for account in accounts
                if not self.copies[token, account]]

    @property
    def back(self):
        return [token for token in self.ledger.removed if any(
            self.copies[token, account] for account in self.ledger.tried[token])]

    @property
    def doubled(self):
        """How many copies there are beyond the first, after attempts that nobody answered; others are a fault."""
        return sum(count - 1 for count in self.copies.values())

    def verify(self):
        assert not self.lost, f"{len(self.lost)} acknowledged messages are lost, such as {self.lost[:5]}"
        assert not self.back, f"{len(self.back)} expunged messages are back, such as {self.back[:5]}"
        extra = [key for key, count in self.copies.items() if count > 1 + self.ledger.doubts[key[0]]]
        assert not extra, f"doubled without a doubt: {extra[:5]}"
