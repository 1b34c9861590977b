"""SMTP and submission up to RCPT (RFC 5321, 6409, 4954), with the faults of behaviour.py. Nothing is ever taken."""
import re

import sasl

ADDRESS = re.compile(r"<([^>]*)>")


class SMTP:
    def __init__(self, wire, behaviour, context, service):
        self.wire, self.behaviour, self.context, self.service = wire, behaviour, context, service
        self.is_logged_in, self.has_sender = False, False

    def run(self):
        self.wire.say(*(f"220-{self.behaviour.name} {line}" for line in self.behaviour.banner_lines),
                      self.behaviour.greeting.get("smtp", f"220 {self.behaviour.name} ESMTP ready"))
        if "smtp" in self.behaviour.greeting:
            return
        while self.command():
            pass

    def command(self):
        name, _, rest = self.wire.line().decode(errors="replace").partition(" ")
        name = name.upper()
        handler = getattr(self, "do_" + name.lower(), None)
        answer = handler(rest) if handler else "502 5.5.1 Not implemented"
        if answer is not None:
            self.wire.say(answer)
        if name == "STARTTLS" and answer.startswith("220"):
            self.begin_tls()
        return name != "QUIT" and not (answer or "").startswith("421")

    def begin_tls(self):
        self.context.start(self.wire, keep_pending=self.behaviour.starttls == "injection")
        self.is_logged_in = self.has_sender = False

    @property
    def may_log_in(self):
        if self.service == "smtp" and not self.behaviour.takes_login_on_25:
            return False
        return self.wire.is_secure or self.behaviour.auth_before_tls

    def do_ehlo(self, _):
        words = [self.behaviour.host, "PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"]
        words += [f"SIZE {self.behaviour.size}"] if self.behaviour.size is not None else []
        words += ["STARTTLS"] if not self.wire.is_secure and self.behaviour.starttls != "missing" else []
        words += ["AUTH " + " ".join(self.behaviour.mechanisms)] if self.may_log_in and self.behaviour.mechanisms else []
        self.wire.say(*(f"250-{word}" for word in words[:-1]), f"250 {words[-1]}")

    def do_helo(self, _):
        return f"250 {self.behaviour.host}"

    def do_noop(self, _):
        return "250 2.0.0 OK"

    def do_rset(self, _):
        self.has_sender = False
        return "250 2.0.0 OK"

    def do_quit(self, _):
        return "221 2.0.0 Bye"

    def do_starttls(self, _):
        if self.wire.is_secure or self.behaviour.starttls == "missing":
            return "502 5.5.1 Not implemented"
        return "454 4.7.0 TLS is not available" if self.behaviour.starttls == "refused" else "220 2.0.0 Ready for TLS"

    def do_auth(self, rest):
        mechanism, _, initial = rest.partition(" ")
        if not self.may_log_in:
            return "538 5.7.11 Say STARTTLS first"
        if mechanism.upper() not in self.behaviour.mechanisms:
            return "504 5.5.4 Mechanism not offered"
        try:
            return self.judge(*sasl.credentials(mechanism.upper(), initial or None, self.ask))
        except sasl.Refused:
            return "501 5.7.0 Cancelled"

    def ask(self, challenge):
        self.wire.say(f"334 {challenge}")
        return self.wire.line().decode(errors="replace")

    def judge(self, user, password):
        answer = self.behaviour.login_answer("smtp", user, password)
        self.is_logged_in = answer is None
        return answer or "235 2.7.0 Logged in"

    @property
    def wants_login(self):
        return self.service != "smtp" and not self.is_logged_in

    def do_mail(self, _):
        if self.service != "smtp" and not self.wire.is_secure and self.behaviour.starttls != "missing":
            return "530 5.7.0 Say STARTTLS first"
        if self.wants_login:
            return "530 5.7.0 Log in first"
        if self.is_logged_in and self.behaviour.sender:
            return self.behaviour.sender
        self.has_sender = True
        return "250 2.1.0 Sender OK"

    def do_rcpt(self, rest):
        if not self.has_sender:
            return "503 5.5.1 Say MAIL first"
        address = (ADDRESS.search(rest) or ["", ""])[1]
        if self.behaviour.recipient:
            return self.behaviour.recipient
        is_here = address.rpartition("@")[2].lower() == self.behaviour.domain
        if is_here or self.is_logged_in or self.behaviour.relays:
            return "250 2.1.5 Recipient OK"
        return "554 5.7.1 Relay access denied"

    def do_data(self, _):
        return "554 5.7.0 This is a fixture"
