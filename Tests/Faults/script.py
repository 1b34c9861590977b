"""Real work in parts, each of which a system call can be made to fail in: what is done, and what must be there after it."""
import contextlib
import poplib
import smtplib
import ssl
import subprocess

import ledger as books
from answers import Answer
from mailboxes import LARGE, SMALL, Account
from testbed import PASSWORD, ROOT, Testbed

SEEDS = {"s1": SMALL, "s2": SMALL, "s3": LARGE, "s4": LARGE, "s5": SMALL, "s6": SMALL}
MAILCTL = str(ROOT / ".build/release/mailctl")


class Script:
    """The parts, on accounts of their own each time: `fresh` ones have no database yet, `seeded` ones hold SEEDS."""

    BATCH = 40

    def __init__(self, bed, answers, environment, used=0, ready=()):
        """`answers` judges them; `environment` is for mailctl; `used` and `ready` are what an earlier one on the same store has left."""
        self.bed, self.answers, self.environment = bed, answers, environment
        self.context = ssl.create_default_context(cafile=bed.cafile)
        self.used, self.ready = used, list(ready)

    def arrived(self):
        """Returns when what was sent is in the mailboxes: at once, where 250 means just that."""

    def fresh(self):
        self.used += 1
        return Account(self.used)

    def seeded(self):
        if not self.ready:
            self.ready = [self.fresh() for _ in range(self.BATCH)]
            for token, size in SEEDS.items():
                self.send(self.ready, token, size)
                self.arrived()  # so that UIDs are in the order of SEEDS
            for account in self.ready:
                account.expected["INBOX"].update(SEEDS.keys())
        return self.ready.pop(0)

    def send(self, accounts, token, size):
        with smtplib.SMTP(self.bed.host, self.bed.ports["smtp"], local_hostname="client.example", timeout=30) as smtp:
            to = [Testbed.address(account.number) for account in accounts]
            return smtp.sendmail("a@elsewhere.example", to, books.message(token, size))

    def delivery(self):
        """SMTP: rows and a file, one recipient and two, one of them without a database yet."""
        known, fresh = self.seeded(), self.fresh()
        yield [known, fresh]
        for token, size, to in (("d1", SMALL, [known]), ("d2", LARGE, [known, fresh]), ("d3", SMALL, [fresh])):
            answer = self.answers.smtp(lambda: self.send(to, token, size))
            for account in to:
                account.note(answer, "INBOX", token)

    def imap(self):
        """IMAP: APPEND, COPY, MOVE, STORE, EXPUNGE, CREATE, RENAME, DELETE."""
        account = self.seeded()
        yield [account]
        with self.session(account) as session:
            if session:
                self.commands(session, account)

    @contextlib.contextmanager
    def session(self, account):
        session = None

        def login():
            nonlocal session
            session = books.imap(self.bed, account.number, self.context)
            return "OK", []
        answer = self.answers.imap(login)
        yield session if answer is Answer.DONE else None
        if session:
            with contextlib.suppress(*books.NETWORK_ERRORS):
                session.logout()

    def commands(self, session, account):
        def done(call):
            return self.answers.imap(call) is Answer.DONE
        for token, size in (("a1", SMALL), ("a2", LARGE)):
            answer = self.answers.imap(lambda: session.append("Archive", None, None, books.message(token, size)))
            account.note(answer, "Archive", token)
        if not done(lambda: session.select("INBOX")):
            return
        account.note(self.answers.imap(lambda: session.uid("COPY", "1", "Archive")), "Archive", "s1")
        account.asked.update(("s2", "s3", "s4"))
        if done(lambda: session.uid("MOVE", "2:3", "Archive")):
            for token in ("s2", "s3"):
                account.take("INBOX", token)
                account.expected["Archive"][token] += 1
        if done(lambda: session.uid("STORE", "5", "+FLAGS.SILENT", r"(\Flagged)")):
            account.flagged.add("s5")
        marked = done(lambda: session.uid("STORE", "4", "+FLAGS.SILENT", r"(\Deleted)"))
        if done(session.expunge) and marked:
            account.take("INBOX", "s4")
        if done(lambda: session.create("Box")):
            name = "Other" if done(lambda: session.rename("Box", "Other")) else "Box"
            self.answers.imap(lambda: session.delete(name))

    def pop3(self):
        """POP3: two messages deleted at QUIT, both or none."""
        account = self.seeded()
        yield [account]
        session = poplib.POP3_SSL(self.bed.host, self.bed.ports["pop3s"], timeout=30, context=self.context)
        with contextlib.closing(session):
            session.user(Testbed.address(account.number))
            if self.answers.pop3(lambda: session.pass_(PASSWORD)) is not Answer.DONE:
                return
            marked = [number for number in (1, 4) if self.answers.pop3(lambda: session.dele(number)) is Answer.DONE]
            account.asked.update(("s1", "s4"))
            if self.answers.pop3(session.quit) is Answer.DONE:
                for number in marked:
                    account.take("INBOX", f"s{number}")

    def administration(self):
        """mailctl beside the running server: an account, an alias, a quota, and mail brought in from an mbox."""
        account = self.fresh()
        yield [account]
        here, alias = Testbed.address(account.number), f"alias{account.number}@example.test"
        made = self.mailctl("account", "add", "--no-password", f"new{account.number}@example.test")
        aliased = self.mailctl("alias", "add", alias, here)
        limited = self.mailctl("account", "set", "--quota", "777MB", here)
        yield lambda: self.administered(account.number, made, aliased, limited)

    def administered(self, number, made, aliased, limited):
        def knows(*words):
            return subprocess.run([MAILCTL, *words, "--store", self.bed.facts["store"]], capture_output=True, text=True)
        assert (knows("account", "show", f"new{number}@example.test").returncode == 0) == (made is Answer.DONE)
        assert (knows("account", "show", f"alias{number}@example.test").returncode == 0) == (aliased is Answer.DONE)
        shown = knows("account", "show", Testbed.address(number))
        assert ("777" in shown.stdout) == (limited is Answer.DONE), shown.stdout

    def mailctl(self, *words):
        return self.answers.tool(subprocess.run(
            [MAILCTL, *words, "--store", self.bed.facts["store"]], capture_output=True, text=True, timeout=60,
            env=self.environment))
