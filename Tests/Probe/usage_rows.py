"""What is wrong with the command itself, and where there is no network to test."""
from rows import UNTESTED, USAGE, Row

# Not the name of a fault: it is run where nothing is reached.
NO_NETWORK = "no-network"


def usage(name, command, says, exit=USAGE, **more):
    return Row(name, "", command, exit, root="", says=says, **more)


def without_network(name, command, **more):
    return Row(name, NO_NETWORK, command, UNTESTED, root="", deadline=5, **more)


ROWS = [
    usage("usage/scheme", "imap3s://mail.uni.example", "imaps"),
    usage("usage/scheme-with-letter-missing", "submision://mail.uni.example", "submission"),
    usage("usage/scheme-of-others", "https://mail.uni.example", "imaps"),
    usage("usage/port-too-large", "imaps://mail.uni.example:99300", "993"),
    usage("usage/port-no-number", "imaps://mail.uni.example:ssl", "993"),
    usage("usage/address-literal", "anna@[192.0.2.10]", "imaps://192.0.2.1"),
    usage("usage/settings-file", "--settings {settings}.no", "{settings}"),
    usage("usage/password-file", "--login anna --password-file {password}.no imaps://mail.uni.example", "{password}"),
    usage("usage/authorities-file", "--ca-file {password}.no imaps://mail.uni.example", "{password}"),
    usage("usage/check-explained", "--explain tls.cert.expird", "tls.cert.expired"),
    usage("usage/check-only", "--only net.refusd imaps://mail.uni.example", "net.refused"),
    usage("usage/check-skipped", "--skip imap.quota imaps://mail.uni.example", "imap.quota.full"),
    usage("usage/option", "--lgin anna imaps://mail.uni.example", "--login"),
    usage("usage/mode", "--mode imao mail.uni.example", "imap"),
    usage("usage/no-target", "", "target"),
    usage("usage/nagios", "imap3s://mail.uni.example", "imaps", exit=UNTESTED, form="nagios"),
    usage("usage/nagios-check", "--only net.refusd imaps://mail.uni.example", "net.refused", exit=UNTESTED, form="nagios"),
    without_network("no-network/url", "imaps://mail.uni.example"),
    without_network("no-network/number", "imaps://192.0.2.10"),
    without_network("no-network/address", "anna@uni.example"),
    without_network("no-network/nagios", "mail.uni.example", form="nagios"),
    without_network("no-network/discover", "--discover uni.example"),
]
