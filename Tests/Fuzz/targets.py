"""The fuzzers, in the order in which they run."""
import dataclasses
import pathlib

HERE = pathlib.Path(__file__).resolve().parent


@dataclasses.dataclass
class Target:
    name: str
    max_len: int = 4096
    timeout: int = 20
    #: Further seeds that lie elsewhere in the tests.
    more_seeds: tuple = ()

    def seeds(self):
        return [HERE / self.name / "seeds"] + [HERE.parent / folder for folder in self.more_seeds]


TARGETS = {target.name: target for target in [
    Target("imap-command", max_len=8192),
    Target("mime", max_len=16384, more_seeds=("Corpus/message",)),
    Target("header-text"),
    Target("addresses"),
    Target("mailbox-names", max_len=2048),
    Target("transfer-coding"),
    Target("sasl", max_len=4352),
    Target("configuration"),
    Target("smtp-command", max_len=8192),
    Target("pop3-command"),
    Target("dates", max_len=512),
    Target("proxy-header", max_len=4608),
    Target("search-charset"),
    Target("password-hash", max_len=512),
    Target("sequence-sets"),
    Target("signatures", max_len=16384),
    Target("sender-records"),
    Target("dns-answers"),
    Target("sts-policies"),
    Target("http-request", max_len=8192),
    Target("identity-tokens", max_len=8192),
]}
