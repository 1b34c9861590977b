"""Postfix and Dovecot as a site would run them for the same task, in a folder of their own and on loopback only.

Dovecot keeps sdbox mailboxes with its default of syncs; Postfix hands over by LMTP. No defence against floods, as in ours.
Two defaults are shortened so that rounds do not take minutes: how long Postfix waits before it starts a killed service again
(60 s), and before it tries again what could not be handed over (5 minutes)."""
import os
import pathlib
import shutil

MAIL_ID = 5000  # owner of the mailboxes
SERVICES = ("smtp", "submission", "submissions", "imap", "imaps", "pop3", "pop3s", "lmtp")
# Dovecot trusts who comes from its own address; on this one nobody does.
STRANGER = "127.0.0.2"
# What a fault library needs to reach every process.
ENVIRONMENT = "LD_PRELOAD FF_PATH FF_CONTROL"

DOVECOT = """
base_dir = {folder}/dovecot/run
state_dir = {folder}/dovecot/state
instance_name = posthus-peer
import_environment = TZ PATH {environment}
protocols = imap pop3 lmtp
listen = 127.0.0.1, {stranger}
log_path = {folder}/dovecot/log
auth_mechanisms = plain login
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
mail_location = sdbox:~/sdbox
mail_uid = {mail_id}
mail_gid = {mail_id}
first_valid_uid = 500
mail_max_userip_connections = 1000
auth_cache_size = 1M
mail_plugins = quota
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = {folder}/dovecot/users
}}
userdb {{
  driver = static
  args = uid={mail_id} gid={mail_id} home={folder}/store/mail/%n allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Archive {{
    special_use = \\Archive
    auto = subscribe
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service pop3-login {{
  inet_listener pop3 {{
    port = {pop3}
  }}
  inet_listener pop3s {{
    port = {pop3s}
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service auth {{
  unix_listener auth-postfix {{
    mode = 0600
    user = postfix
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
protocol imap {{
  mail_plugins = quota imap_quota
}}
protocol lmtp {{
  postmaster_address = postmaster@example.test
}}
plugin {{
  quota = count:User quota
  quota_vsizes = yes
  quota_rule = *:storage=20G
}}
"""

POSTFIX_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/store/spool
data_directory = {folder}/postfix/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
import_environment = MAIL_CONFIG TZ {environment}
multi_instance_name = postfix-posthus-peer
myhostname = mail.example.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
local_transport = error:no local mail
smtpd_helo_required = yes
smtpd_error_sleep_time = 0
virtual_mailbox_domains = example.test
virtual_mailbox_maps = texthash:{folder}/postfix/etc/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sasl_type = dovecot
smtpd_sasl_path = {folder}/dovecot/run/auth-postfix
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.key
smtpd_client_connection_count_limit = 0
smtpd_peername_lookup = no
disable_dns_lookups = yes
default_transport = error:no mail to the outside
message_size_limit = 52428800
mailbox_size_limit = 0
service_throttle_time = 1s
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
"""

# Otherwise it speaks to syslog, which nobody can kill.
POSTFIX_LOG = """
maillog_file = {folder}/postfix/log
maillog_file_prefixes = {folder}
"""

POSTFIX_MASTER = """
127.0.0.1:{smtp} inet n - n - - smtpd
{stranger}:{smtp} inet n - n - - smtpd
127.0.0.1:{submission} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes
{stranger}:{submission} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes
127.0.0.1:{submissions} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes
{stranger}:{submissions} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes
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
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
"""


def write(folder, base_port, accounts, has_log):
    """Writes both configurations and makes the folders; returns {service: port}."""
    ports = {service: base_port + number for number, service in enumerate(SERVICES)}
    values = dict(ports, folder=folder, stranger=STRANGER, environment=ENVIRONMENT, mail_id=MAIL_ID)
    for name in ("dovecot/run", "dovecot/state", "store/mail", "store/spool", "postfix/data", "postfix/etc"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    os.chown(os.path.join(folder, "store/mail"), MAIL_ID, MAIL_ID)
    shutil.chown(os.path.join(folder, "postfix/data"), "postfix", "postfix")
    for name, text in (("dovecot/dovecot.conf", DOVECOT), ("postfix/etc/main.cf", POSTFIX_MAIN + POSTFIX_LOG * has_log),
                       ("postfix/etc/master.cf", POSTFIX_MASTER)):
        pathlib.Path(folder, name).write_text(text.format(**values).lstrip(), encoding="ascii")
    names = [f"u{number:05d}@example.test" for number in range(1, accounts + 1)]
    write_table(folder, "dovecot/users", (f"{name}:{{PLAIN}}secret\n" for name in names))
    write_table(folder, "postfix/etc/mailboxes", (f"{name} it\n" for name in names))
    return ports


def write_table(folder, name, lines):
    with open(os.path.join(folder, name), "w", encoding="ascii") as table:
        table.writelines(lines)
