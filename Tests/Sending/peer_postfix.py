import contextlib
import os
import shutil
import signal

from peer import Peer
from processes import Process
from server import DOMAIN

MAIL_ID = 5000
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
import_environment = MAIL_CONFIG TZ
multi_instance_name = postfix-sending
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = {host}
mydestination =
local_transport = error:no local mail
inet_protocols = ipv4
smtp_bind_address = {address}
mynetworks = 127.0.0.1
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {folder}
virtual_mailbox_maps = regexp:{folder}/etc/mailboxes
virtual_uid_maps = static:{mail_id}
virtual_gid_maps = static:{mail_id}
virtual_minimum_uid = 500
virtual_destination_recipient_limit = 1
message_size_limit = 52428800
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtpd_tls_security_level = may
smtpd_tls_received_header = yes
smtpd_tls_chain_files = {key} {chain}
smtp_tls_security_level = dane
smtp_dns_support_level = dnssec
smtp_tls_CAfile = {authorities}
smtpd_restriction_classes = spf_checked
spf_checked = check_policy_service unix:private/policy-spf
smtpd_recipient_restrictions = check_recipient_access regexp:{folder}/etc/checked
virtual_alias_maps = regexp:{folder}/etc/aliases
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_client_connection_rate_limit = 0
smtpd_peername_lookup = no
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
"""
MASTER = """
{address}:25 inet n - n - - smtpd
127.0.0.1:{inject} inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
tlsmgr unix - - n 1000? 1 tlsmgr
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
smtp unix - - n - - smtp
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
policy-spf unix - n n - 0 spawn user=nobody argv=/usr/bin/policyd-spf
scache unix - - n - 1 scache
"""
# Everybody's mailbox is the same one.
MAILBOXES = "!/^unknown@/ mail/\n"
# What comes to back-u00001 goes on to u00001 of the server that is tested, when its SPF has been checked by pyspf.
CHECKED = "/^back-/ spf_checked\n"
ALIASES = f"/^back-(u[0-9]+)@/ ${{1}}@{DOMAIN}\n"


class Postfix(Peer):
    name, inject_port = "postfix", 2611

    def start(self):
        for name in ("etc", "spool", "data", "mail"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix", "postfix")
        os.chown(self.folder / "mail", MAIL_ID, MAIL_ID)
        values = dict(folder=self.folder, host=self.host, domain=self.domain, address=self.address, inject=self.inject_port,
                      key=self.pair.key, chain=self.pair.chain, mail_id=MAIL_ID, authorities=self.stage.authorities)
        for name, text in (("main.cf", MAIN), ("master.cf", MASTER)):
            (self.folder / "etc" / name).write_text(text.format(**values).lstrip())
        for name, text in (("mailboxes", MAILBOXES), ("checked", CHECKED), ("aliases", ALIASES)):
            (self.folder / "etc" / name).write_text(text)
        self.process = Process(self.folder / "out", "/usr/sbin/postfix", "-c", self.folder / "etc", "start-fg")
        self.wait_until_ready()

    def stop(self):
        """Its master leads a session of its own."""
        with contextlib.suppress(OSError, ValueError):
            os.kill(int((self.folder / "spool/pid/master.pid").read_text()), signal.SIGTERM)
        super().stop()

    @property
    def maildir(self):
        return self.folder / "mail"

    def words(self):
        return "".join(path.read_text(errors="replace")[-1200:] for path in (self.folder / "out", self.folder / "log")
                       if path.exists())
