"""POP3 as far as a login and a look at the mailbox (RFC 1939, 2449, 2595), with the faults of behaviour.py."""
import sasl


class POP3:
    def __init__(self, wire, behaviour, context):
        self.wire, self.behaviour, self.context = wire, behaviour, context
        self.user, self.is_logged_in = None, False

    def run(self):
        self.wire.say(self.behaviour.greeting.get("pop3", f"+OK {self.behaviour.name} ready"))
        if "pop3" in self.behaviour.greeting:
            return
        while self.command():
            pass

    @property
    def capabilities(self):
        lines = ["TOP", "UIDL", "RESP-CODES", "PIPELINING"]
        if not self.wire.is_secure and self.behaviour.starttls != "missing":
            lines.append("STLS")
        if self.wire.is_secure or self.behaviour.auth_before_tls:
            lines += ["USER"] if self.behaviour.takes_plain_login else []
            lines += ["SASL " + " ".join(self.behaviour.mechanisms)] if self.behaviour.mechanisms else []
        return lines

    def command(self):
        name, _, rest = self.wire.line().decode(errors="replace").partition(" ")
        name = name.upper()
        handler = getattr(self, "do_" + name.lower(), None)
        answer = handler(rest) if handler else "-ERR Unknown command"
        if answer is not None:
            self.wire.say(answer)
        if name == "STLS" and answer.startswith("+OK"):
            self.context.start(self.wire, keep_pending=self.behaviour.starttls == "injection")
        return name != "QUIT"

    def do_capa(self, _):
        if not self.behaviour.lists:
            return "-ERR Unknown command"
        return self.wire.say("+OK Here it is", *self.capabilities, ".")

    def do_noop(self, _):
        return "+OK" if self.is_logged_in else "-ERR Log in first"

    def do_quit(self, _):
        return "+OK Bye"

    def do_stls(self, _):
        if self.wire.is_secure or self.behaviour.starttls == "missing":
            return "-ERR Unknown command"
        return "-ERR [SYS/TEMP] TLS is not available" if self.behaviour.starttls == "refused" else "+OK Begin"

    @property
    def may_log_in(self):
        return self.wire.is_secure or self.behaviour.auth_before_tls

    def do_user(self, rest):
        if not self.may_log_in or not self.behaviour.takes_plain_login:
            return "-ERR Say STLS first"
        self.user = rest
        return "+OK Now the password"

    def do_pass(self, rest):
        return self.judge(self.user, rest) if self.user is not None else "-ERR Say USER first"

    def do_auth(self, rest):
        mechanism, _, initial = rest.partition(" ")
        if not mechanism:
            return self.wire.say("+OK", *(self.behaviour.mechanisms if self.may_log_in else ()), ".")
        if not self.may_log_in or mechanism.upper() not in self.behaviour.mechanisms:
            return "-ERR Mechanism not offered"
        try:
            return self.judge(*sasl.credentials(mechanism.upper(), initial or None, self.ask))
        except sasl.Refused:
            return "-ERR Cancelled"

    def ask(self, challenge):
        self.wire.say(f"+ {challenge}")
        return self.wire.line().decode(errors="replace")

    def judge(self, user, password):
        answer = self.behaviour.login_answer("pop3", user, password)
        self.is_logged_in = answer is None
        return answer or "+OK Welcome"

    def do_stat(self, _):
        return "+OK 3 1200" if self.is_logged_in else "-ERR Log in first"

    def do_list(self, _):
        if not self.is_logged_in:
            return "-ERR Log in first"
        return self.wire.say("+OK", "1 400", "2 400", "3 400", ".")

    def do_uidl(self, _):
        if not self.is_logged_in:
            return "-ERR Log in first"
        return self.wire.say("+OK", "1 a", "2 b", "3 c", ".")
