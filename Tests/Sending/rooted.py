"""A peer in a root of its own: what scripts/peers has unpacked stands there read-only, the rest belongs to the run.

The mounts are the peer's own, in its view of the files: nobody else sees them, and nothing of them is left."""
import pathlib

from peer import Peer
from processes import Process

UNPACKED = pathlib.Path(__file__).resolve().parents[2] / ".build/peers/root"
READ_ONLY = ("usr", "bin", "lib", "lib64")
WRITABLE = ("etc", "var/spool", "var/log", "var/run", "var/lib", "run", "home/mail", "tmp", "root", "dev", "proc")
USERS = ("root:x:0:0:root:/root:/bin/sh\n{users}mailer:x:5000:5000::/home:/bin/sh\n")
GROUPS = "root:x:0:\nmail:x:8:\n{groups}mailer:x:5000:\n"
SCRIPT = """
for name in {names}; do mount --bind "{unpacked}/$name" "{root}/$name"; mount -o remount,bind,ro "{root}/$name"; done
mount --rbind /dev "{root}/dev"
mount --rbind /proc "{root}/proc"
exec chroot "{root}" "$@"
"""


class Rooted(Peer):
    users = ()  # (name, number, home)

    @property
    def root(self):
        return self.folder / "root"

    def build_root(self):
        if not UNPACKED.exists():
            raise RuntimeError("Exim and OpenSMTPD are not unpacked; hint: scripts/peers")
        for name in (*READ_ONLY, *WRITABLE):
            (self.root / name).mkdir(parents=True)
        for folder in (self.root, *self.root.rglob("*")):
            folder.chmod(0o755)
        (self.root / "tmp").chmod(0o1777)
        (self.root / "home/mail").chmod(0o777)
        self.write("etc/passwd", USERS.format(users="".join(f"{name}:x:{number}:{number}::{home}:/bin/false\n"
                                                            for name, number, home in self.users)))
        self.write("etc/group", GROUPS.format(groups="".join(f"{name}:x:{number}:\n" for name, number, _ in self.users)))
        self.write("etc/resolv.conf", pathlib.Path("/etc/resolv.conf").read_text())
        self.write("etc/services", "smtp 25/tcp\nsmtps 465/tcp\nsubmission 587/tcp\ndomain 53/udp\n")
        self.write("etc/hosts", f"127.0.0.1 localhost\n{self.address} {self.host}\n")
        self.write("etc/ssl/certs/ca-certificates.crt", pathlib.Path(self.stage.authorities).read_text())
        self.write("etc/server.pem", pathlib.Path(self.pair.chain).read_text())
        self.write("etc/server.key", pathlib.Path(self.pair.key).read_text(), mode=0o600)

    def write(self, name, text, mode=0o644):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)
        return file

    def run(self, *command):
        script = SCRIPT.format(names=" ".join(READ_ONLY), unpacked=UNPACKED, root=self.root)
        self.process = Process(self.folder / "out", "unshare", "--mount", "--propagation", "private", "bash", "-euc", script, "rooted",
                               *command)
        self.wait_until_ready()

    @property
    def maildir(self):
        return self.root / "home/mail"

    def words(self):
        logs = [self.folder / "out", *(self.root / "var/log").rglob("*log")]
        return "".join(log.read_text(errors="replace")[-1200:] for log in logs if log.is_file())
