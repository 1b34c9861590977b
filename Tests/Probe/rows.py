"""A row of the table: a fault, what is asked, and what must come out of it."""
import dataclasses

# Any of the codes of a test that came to an end.
ANY = -1
OK, WARNING, CRITICAL, UNTESTED, USAGE = 0, 1, 2, 3, 64
# Of the run with a login: nothing secret may be sent there at all; once for each protocol, and inside TLS; not run.
NEVER, ONCE, NO_LOGIN = "never", "once", "no login"
# One login name and one password file for all rows.
LOGIN = "--login anna@{domain} --password-file {password}"
DOCUMENTED = {"protocol": "imap", "host": "{host}", "port": "993", "security": "ssl", "auth": "password",
              "smtp_host": "{host}", "smtp_port": "587", "smtp_security": "starttls", "smtp_auth": "password"}


@dataclasses.dataclass(frozen=True)
class Row:
    """`name`: the check's id, and behind a slash which of its rows. `root`: what the summary must call the root cause, "" for
    none; `named`: {id: status} that must be among the checks; `absent`: ids of which nothing may be said; `also`: ids that may be bad beside the root."""
    name: str
    fault: str
    command: str
    exit: int
    root: str | None = None
    named: dict = dataclasses.field(default_factory=dict)
    absent: tuple = ()
    also: tuple = ()
    deadline: float = 10
    login: str = NO_LOGIN
    settings: dict | None = None
    documented: dict | str | None = None
    resolver: bool = True
    says: str = ""
    # "json"; "nagios", a line for a monitoring system; "human", what people read, where `says` must stand in it.
    form: str = "json"

    @property
    def id(self):
        return self.name.partition("/")[0]

    @property
    def expected_root(self):
        if self.root is not None:
            return self.root
        return "" if self.exit == OK else self.id

    @property
    def domain(self):
        return "".join(each if each.isalnum() else "-" for each in self.name.lower())


def critical(name, fault, command, **more):
    return Row(name, fault, command, CRITICAL, **more)


def warning(name, fault, command, **more):
    return Row(name, fault, command, WARNING, **more)


def info(name, fault, command, **more):
    """Named, and nothing else is bad."""
    identity = name.partition("/")[0]
    return Row(name, fault, command, OK, named={identity: "info", **more.pop("named", {})}, **more)


def ok(name, fault, command, **more):
    return Row(name, fault, command, OK, **more)


def unknown(name, fault, command, **more):
    return Row(name, fault, command, UNTESTED, **more)
