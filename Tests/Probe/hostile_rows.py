"""Servers that mean harm: the probe ends by itself, with an answer in its form, and hands nothing to the terminal."""
from hostile_faults import FAULTS
from rows import ANY, LOGIN, ONCE, Row

EVERY_SERVICE = ("imaps://{host} imap+tls://{host} pop3s://{host} pop3+tls://{host} submission://{host} submissions://{host} "
                 "smtp://{host}")
DISCOVERED = ("autoconfig-bomb", "autoconfig-escapes", "web-endless", "web-circle", "records-strange")


def target(fault):
    return "--discover {domain}" if fault in DISCOVERED else f"{LOGIN} {EVERY_SERVICE}"


ROWS = [Row(f"hostile/{fault}{variant}", fault, options + target(fault), ANY, form=form, login=ONCE)
        for fault in FAULTS for variant, options, form in (("", "", "json"), ("/human", "-v ", "human"))]
