"""A real directory of persons (slapd) on a UNIX socket."""
import pathlib
import subprocess
import time

BASE, PEOPLE = "dc=example,dc=test", "ou=people,dc=example,dc=test"
SLAPD_CONF = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
database mdb
maxsize 10485760
suffix "{base}"
rootdn "cn=admin,{base}"
rootpw admin
directory {folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by * read
"""


class Directory:
    """A directory of persons u00001 ... on a UNIX socket; passwords are cid-u00001 ..."""

    def __init__(self, folder, people=10):
        self.folder, self.process = pathlib.Path(folder), None
        (self.folder / "data").mkdir()
        (self.folder / "slapd.conf").write_text(SLAPD_CONF.format(folder=folder, base=BASE))
        self.uri = "ldapi://" + str(self.folder / "ldapi").replace("/", "%2F")
        (self.folder / "ldap.conf").write_text(
            f"URI={self.uri}\nPEOPLE={PEOPLE}\nLOGIN=uid\nACTIVE='(!(employeeType=disabled))'\n")
        self.start()
        self.admin("ldapadd", f"dn: {BASE}\nobjectClass: domain\ndc: example\n\n"
                              f"dn: {PEOPLE}\nobjectClass: organizationalUnit\nou: people\n")
        self.add(*(f"u{number:05d}" for number in range(1, people + 1)))

    def start(self):
        self.process = subprocess.Popen(["slapd", "-d", "0", "-f", self.folder / "slapd.conf", "-h", self.uri],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: subprocess.run(["ldapwhoami", "-x", "-H", self.uri], capture_output=True).returncode == 0, "slapd")

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def admin(self, command, text):
        subprocess.run([command, "-x", "-H", self.uri, "-D", f"cn=admin,{BASE}", "-w", "admin"], input=text, text=True,
                       check=True, capture_output=True, timeout=20)

    def add(self, *names):
        self.admin("ldapadd", "\n".join(
            f"dn: uid={name},{PEOPLE}\nobjectClass: inetOrgPerson\nuid: {name}\ncn: {name}\nsn: {name}\n"
            f"userPassword: cid-{name}\n" for name in names))

    def delete(self, *names):
        self.admin("ldapmodify", "".join(f"dn: uid={name},{PEOPLE}\nchangetype: delete\n\n" for name in names))

    def say(self, name, is_active):
        change = "delete: employeeType" if is_active else "replace: employeeType\nemployeeType: disabled"
        self.admin("ldapmodify", f"dn: uid={name},{PEOPLE}\nchangetype: modify\n{change}\n")


def until(condition, what, seconds=20):
    end = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(0.05)
    return result
