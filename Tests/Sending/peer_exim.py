import os

from rooted import Rooted

USER, NUMBER = "Debian-exim", 5101
SETTINGS = """
primary_hostname = {host}
domainlist local_domains = {domain}
local_interfaces = <; [{address}]:25 ; [127.0.0.1]:{inject}
spool_directory = /var/spool/exim4
log_file_path = /var/log/exim4/%slog
tls_advertise_hosts = *
tls_certificate = /etc/server.pem
tls_privatekey = /etc/exim.key
tls_require_ciphers = NORMAL
smtputf8_advertise_hosts = *
dsn_advertise_hosts = *
dns_dnssec_ok = 1
message_size_limit = 50M
smtp_accept_max = 200
smtp_accept_queue_per_connection = 0
remote_max_parallel = 10
acl_smtp_rcpt = rcpt
acl_smtp_data = accept
keep_environment =
rfc1413_query_timeout = 0s
host_lookup =
begin acl
rcpt:
  accept hosts = 127.0.0.1
  deny message = no such user
       local_parts = unknown
  accept domains = +local_domains
  deny message = relay not permitted
begin routers
here:
  driver = accept
  domains = +local_domains
  transport = maildir
there:
  driver = dnslookup
  domains = ! +local_domains
  dnssec_request_domains = *
  transport = remote
  no_more
begin transports
maildir:
  driver = appendfile
  directory = /home/mail
  maildir_format
  create_directory
  envelope_to_add
  return_path_add
  user = mailer
  mode = 0644
remote:
  driver = smtp
  interface = {address}
  helo_data = {host}
  dnssec_request_domains = *
  hosts_try_dane = *
  tls_verify_certificates = /etc/ssl/certs/ca-certificates.crt
begin retry
* * F,1h,2s
"""


class Exim(Rooted):
    name, inject_port = "exim", 2612
    users = ((USER, NUMBER, "/var/spool/exim4"),)

    def start(self):
        self.build_root()
        key = self.write("etc/exim.key", (self.root / "etc/server.key").read_text(), mode=0o640)
        for name in ("var/spool/exim4", "var/log/exim4"):
            (self.root / name).mkdir()
        for file in (key, self.root / "var/spool/exim4", self.root / "var/log/exim4"):
            os.chown(file, NUMBER, NUMBER)
        self.write("etc/exim4/exim4.conf", SETTINGS.format(host=self.host, domain=self.domain, address=self.address,
                                                           inject=self.inject_port).lstrip())
        self.run("/usr/sbin/exim4", "-bdf", "-q2s")
