"""How a mail server behaves: by default as it should, and one fault at a time otherwise."""
import dataclasses

USER = "anna"
# What it holds in the middle is looked for in everything that arrives and everything that is printed; around it stands
# what protocols must quote.
SECRET = "krusbaer9417tang"
PASSWORD = f'"{SECRET}\\ '
IMPLICIT = {"imaps": 993, "pop3s": 995, "submissions": 465}
STARTTLS = {"imap": 143, "pop3": 110, "submission": 587, "smtp": 25}
PORTS = {**IMPLICIT, **STARTTLS}
DOCUMENTED = ("imaps", "pop3s", "submission", "smtp")
PROTOCOL = {"imap": "imap", "imaps": "imap", "pop3": "pop3", "pop3s": "pop3", "submission": "smtp", "submissions": "smtp",
            "smtp": "smtp"}


@dataclasses.dataclass
class Behaviour:
    host: str
    domain: str
    # The connection.
    delay: float = 0
    # Instead of a greeting, by protocol; nothing comes after it.
    greeting: dict[str, str] = dataclasses.field(default_factory=dict)
    banner_name: str | None = None
    # Lines of the greeting of SMTP before its last (RFC 5321 §4.2.1).
    banner_lines: tuple[str, ...] = ()
    # "works", "missing", "refused" or "injection".
    starttls: str = "works"
    auth_before_tls: bool = False
    # Logins: `login` is the answer after the tag or code of each protocol instead of what is right.
    mechanisms: tuple[str, ...] = ("PLAIN", "LOGIN")
    takes_plain_login: bool = True
    login: dict[str, str] = dataclasses.field(default_factory=dict)
    user_names: tuple[str, ...] = ()
    # POP3: whether it knows CAPA (RFC 2449).
    lists: bool = True
    # IMAP.
    prefix: str = ""
    separator: str = "/"
    special_use: bool = True
    quota: tuple[int, int] | None = (12_000, 488_281)
    # SMTP.
    size: int | None = 52_428_800
    recipient: str | None = None
    sender: str | None = None
    relays: bool = False
    takes_login_on_25: bool = True

    @property
    def users(self):
        return self.user_names or (f"{USER}@{self.domain}",)

    @property
    def name(self):
        return self.banner_name or self.host

    def login_answer(self, protocol, user, password):
        """None when it is right, else the answer."""
        if protocol in self.login:
            return self.login[protocol]
        is_right = user in self.users and password == PASSWORD
        return None if is_right else WRONG[protocol]


WRONG = {"imap": "NO [AUTHENTICATIONFAILED] Name or password is wrong", "pop3": "-ERR [AUTH] Wrong name or password",
         "smtp": "535 5.7.8 Wrong name or password"}
