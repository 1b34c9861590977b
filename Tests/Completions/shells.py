"""Real shells on a terminal of their own, asked for the line that stands there after some keys."""
import os
import pathlib
import pty
import re
import select
import signal
import time

COMPLETIONS = pathlib.Path(__file__).resolve().parents[2] / "completions"
TOOLS = (COMPLETIONS.parent / "scripts/tools").read_text().split()
PATIENCE = 20
SHOW = "\x18d"  # Ctrl-X d, bound below: prints the line between marks


class Shell:
    command, setup = [], ""

    def __init__(self, bed):
        self.bed = bed

    def __enter__(self):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            try:
                os.chdir(self.bed.directory)
                os.execvpe(self.command[0], self.command, self.bed.environment)
            finally:  # a shell that is not there: this copy of the test must not go on
                os._exit(127)
        self.seen = b""
        self.send(self.setup + "\n")
        self.send("echo REA''DY\n")
        self.wait(rb"READY\r?\n")
        return self

    def __exit__(self, *_):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)

    def send(self, text):
        os.write(self.terminal, text.encode())

    def wait(self, pattern):
        end = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.seen, re.S)):
            rest = end - time.monotonic()
            assert rest > 0, f"{self.command[0]}: waited for {pattern}, saw {self.seen[-2000:]!r}"
            if select.select([self.terminal], [], [], rest)[0]:
                self.seen += os.read(self.terminal, 65536)
        self.seen = self.seen[found.end():]
        return found

    def line_after(self, keys):
        self.send(keys)
        self.send(SHOW)
        return self.wait(rb"<<([^<>]*)>>").group(1).decode()


def sources(form):
    return "; ".join("source '" + str(COMPLETIONS / form.format(tool)) + "'" for tool in TOOLS)


class Bash(Shell):
    command = ["bash", "--norc", "--noprofile", "-i"]
    # Backslashes: so that the marks are in what is printed, not in what the terminal echoes.
    setup = (sources("{}.bash") + "; bind 'set enable-bracketed-paste off'; bind 'set bell-style none'; "
             r"""bind -x '"\C-xd": printf "<\x3c%s>\x3e" "$READLINE_LINE"'""")


class Zsh(Shell):
    command = ["zsh", "-f", "-i"]
    setup = (f"fpath=('{COMPLETIONS}' $fpath); autoload -U compinit; compinit -u -D; unsetopt list_beep auto_menu; "
             "unset zle_bracketed_paste; "
             r"""show() { printf "<\x3c%s>\x3e" "$BUFFER" }; zle -N show; bindkey '^Xd' show""")


class Fish(Shell):
    command = ["fish", "--no-config", "-i"]
    setup = (sources("{}.fish")
             + r"""; bind \cxd 'printf "<\x3c%s>\x3e" (commandline)'; set -g fish_autosuggestion_enabled 0""")


SHELLS = {"bash": Bash, "zsh": Zsh, "fish": Fish}
