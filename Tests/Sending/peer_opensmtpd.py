"""As Debian 12 builds it, with OpenSSL 3, it offers STARTTLS and then fails every handshake (OpenSMTPD's issue 1171): a real
next hop to whom mail comes in clear or not at all."""
import os

from rooted import Rooted

SETTINGS = """
pki {host} cert "/etc/server.pem"
pki {host} key "/etc/server.key"
table everybody {{ "@{domain}" = "mailer" }}
table source {{ {address} }}
smtp max-message-size 50M
queue ttl 1h
listen on {address} port 25 tls pki {host} hostname {host}
listen on 127.0.0.1 port {inject} hostname {host} mask-src
action "here" maildir "/home/mail" virtual <everybody>
action "there" relay helo {host} src <source>
match from any for domain "{domain}" rcpt-to regex "^unknown@" reject
match from any for domain "{domain}" action "here"
match from local for any action "there"
"""


class OpenSMTPD(Rooted):
    name, inject_port = "opensmtpd", 2613
    takes_smtputf8 = False
    users = (("opensmtpd", 5111, "/var/lib/opensmtpd/empty"), ("opensmtpq", 5112, "/var/lib/opensmtpd/empty"))

    def start(self):
        self.build_root()
        (self.root / "var/lib/opensmtpd/empty").mkdir(parents=True)
        (self.root / "var/spool/smtpd").mkdir(mode=0o711)
        os.chown(self.root / "home/mail", 5000, 5000)
        self.write("etc/mailname", self.host + "\n")
        self.write("etc/smtpd.conf", SETTINGS.format(host=self.host, domain=self.domain, address=self.address,
                                                     inject=self.inject_port).lstrip())
        self.run("/usr/sbin/smtpd", "-d", "-T", "smtp")
