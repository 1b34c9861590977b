"""IMAP as far as a client's first minute goes (RFC 9051), with the faults of behaviour.py."""
import re

import sasl

LITERAL = re.compile(rb"\{(\d+)(\+?)\}$")
FOLDERS = (("INBOX", ""), ("Sent", "\\Sent"), ("Drafts", "\\Drafts"), ("Trash", "\\Trash"), ("Junk", "\\Junk"), ("Physics", ""))
BEFORE = "IMAP4rev1 IMAP4rev2 LITERAL+ SASL-IR ID ENABLE"
AFTER = "IMAP4rev1 IMAP4rev2 LITERAL+ ID ENABLE IDLE NAMESPACE QUOTA QUOTA=RES-STORAGE SPECIAL-USE LIST-EXTENDED UIDPLUS"


class IMAP:
    def __init__(self, wire, behaviour, context):
        self.wire, self.behaviour, self.context = wire, behaviour, context
        self.is_logged_in = False

    def run(self):
        text = self.behaviour.greeting.get("imap", f"* OK [CAPABILITY {self.capabilities}] {self.behaviour.name} ready")
        self.wire.say(text)
        if "imap" in self.behaviour.greeting:
            return
        while self.command():
            pass

    @property
    def capabilities(self):
        if self.is_logged_in:
            return AFTER
        words = [BEFORE]
        if not self.wire.is_secure and self.behaviour.starttls != "missing":
            words.append("STARTTLS")
        if self.wire.is_secure or self.behaviour.auth_before_tls:
            words += [f"AUTH={name}" for name in self.behaviour.mechanisms]
            words += [] if self.behaviour.takes_plain_login else ["LOGINDISABLED"]
        else:
            words.append("LOGINDISABLED")
        return " ".join(words)

    def command(self):
        words = self.words()
        if len(words) < 2:
            self.wire.say("* BAD What was that?")
            return True
        tag, name = words[0].decode(errors="replace"), words[1].decode(errors="replace").upper()
        handler = getattr(self, "do_" + name.lower(), None)
        answer = handler(words[2:]) if handler else "BAD Unknown command"
        if answer is not None:
            self.wire.say(f"{tag} {answer}")
        if name == "STARTTLS" and answer and answer.startswith("OK"):
            self.context.start(self.wire, keep_pending=self.behaviour.starttls == "injection")
        return name != "LOGOUT"

    def words(self):
        """One command: atoms, quoted strings and literals without their marks, lists with them."""
        line = self.wire.line()
        parts = []
        while True:
            found = LITERAL.search(line)
            parts += split(line[:found.start()] if found else line)
            if not found:
                return parts
            if not found[2]:
                self.wire.say("+ Go on")
            parts.append(self.wire.exactly(int(found[1])))
            line = self.wire.line()

    def do_capability(self, _):
        self.wire.say(f"* CAPABILITY {self.capabilities}")
        return "OK Done"

    def do_noop(self, _):
        return "OK Done"

    def do_id(self, _):
        self.wire.say('* ID ("name" "Fixture")')
        return "OK Done"

    def do_enable(self, _):
        self.wire.say("* ENABLED")
        return "OK Done"

    def do_logout(self, _):
        self.wire.say("* BYE Bye")
        return "OK Done"

    def do_starttls(self, _):
        if self.wire.is_secure or self.behaviour.starttls == "missing":
            return "BAD Unknown command"
        return "BAD TLS is not available" if self.behaviour.starttls == "refused" else "OK Begin"

    def do_login(self, words):
        if not self.wire.is_secure and not self.behaviour.auth_before_tls:
            return "NO [PRIVACYREQUIRED] Use TLS first"
        if not self.behaviour.takes_plain_login or len(words) != 2:
            return "BAD Not here"
        return self.judge(words[0].decode(errors="replace"), words[1].decode(errors="replace"))

    def do_authenticate(self, words):
        if not self.wire.is_secure and not self.behaviour.auth_before_tls:
            return "NO [PRIVACYREQUIRED] Use TLS first"
        mechanism = words[0].decode().upper() if words else ""
        if mechanism not in self.behaviour.mechanisms:
            return "NO No such mechanism"
        try:
            return self.judge(*sasl.credentials(mechanism, words[1].decode() if len(words) > 1 else None, self.ask))
        except sasl.Refused:
            return "BAD Cancelled"

    def ask(self, challenge):
        self.wire.say(f"+ {challenge}")
        return self.wire.line().decode(errors="replace")

    def judge(self, user, password):
        answer = self.behaviour.login_answer("imap", user, password)
        self.is_logged_in = answer is None
        return answer or f"OK [CAPABILITY {self.capabilities}] Welcome"

    def do_namespace(self, _):
        if not self.is_logged_in:
            return "BAD Log in first"
        separator = self.behaviour.separator
        self.wire.say(f'* NAMESPACE (("{self.behaviour.prefix}" "{separator}")) NIL NIL')
        return "OK Done"

    def do_list(self, words):
        if not self.is_logged_in:
            return "BAD Log in first"
        texts = [word.decode(errors="replace") for word in words if word not in (b"(SPECIAL-USE)", b"RETURN")]
        wanted = "".join(texts[:2]) if len(texts) >= 2 else ""
        if wanted == "":
            self.wire.say(f'* LIST (\\Noselect) "{self.behaviour.separator}" ""')
            return "OK Done"
        only_special = b"(SPECIAL-USE)" == words[0]
        for name, use in FOLDERS:
            use = use if self.behaviour.special_use else ""
            full = name if name == "INBOX" else self.behaviour.prefix + name
            if matches(wanted, full, self.behaviour.separator) and (use or not only_special):
                self.wire.say(f'* LIST ({use}) "{self.behaviour.separator}" "{full}"')
        return "OK Done"

    do_lsub = do_list

    def do_select(self, words):
        if not self.is_logged_in:
            return "BAD Log in first"
        name = words[0].decode(errors="replace") if words else ""
        known = [folder if folder == "INBOX" else self.behaviour.prefix + folder for folder, _ in FOLDERS]
        if name not in known and name.upper() != "INBOX":
            return "NO [NONEXISTENT] No such mailbox"
        self.wire.say("* 3 EXISTS", "* FLAGS (\\Seen)", "* OK [UIDVALIDITY 1] It", "* OK [UIDNEXT 4] It")
        return "OK [READ-ONLY] Done"

    do_examine = do_select

    def do_getquotaroot(self, words):
        if not self.is_logged_in or self.behaviour.quota is None:
            return "BAD Not here"
        used, limit = self.behaviour.quota
        name = words[0].decode(errors="replace") if words else "INBOX"
        self.wire.say(f'* QUOTAROOT "{name}" "User"', f'* QUOTA "User" (STORAGE {used} {limit})')
        return "OK Done"


def matches(pattern, name, separator):
    """RFC 9051 §6.3.9: % stops at the separator, * does not."""
    rest = "".join({"*": ".*", "%": f"[^{re.escape(separator)}]*"}.get(each, re.escape(each)) for each in pattern)
    return re.fullmatch(rest, name, re.IGNORECASE if name == "INBOX" else 0) is not None


WORD = re.compile(rb'"((?:[^"\\]|\\.)*)"|(\((?:[^()]|\([^()]*\))*\))|([^\s"()]+)')


def split(line):
    """Quoted strings lose their quotes; lists stay whole."""
    found = []
    for quoted, listed, atom in WORD.findall(line):
        found.append(listed or atom or re.sub(rb"\\(.)", rb"\1", quoted))
    return found
