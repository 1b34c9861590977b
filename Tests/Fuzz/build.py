"""Builds one fuzzer with swiftc: the modules its imports lead to, instrumented and cached, and nothing else."""
import hashlib
import os
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SOURCES = ROOT / "Sources"
RELEASE = ROOT / ".build" / "release"
CACHE = ROOT / ".build" / "fuzz"
# The only C of our own that is compiled, not just a module of headers.
RESOLVER = SOURCES / "CResolver"
RESOLVER_MAP = 'module CResolver {{ header "{header}" link "resolv" export * }}\n'
FEATURES = ["NonisolatedNonsendingByDefault", "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
FLAGS = ["-O", "-gline-tables-only", "-swift-version", "6", "-package-name", "posthus", "-parse-as-library",
         "-enable-testing", "-whole-module-optimization", "-sanitize=fuzzer,address"]
FLAGS += [word for feature in FEATURES for word in ("-enable-upcoming-feature", feature)]
IMPORT = re.compile(r"^(?:@\w+ )?(?:package |internal |public )?import (?:struct |class |enum |func )?(\w+)", re.M)


class BuildError(Exception):
    pass


def imports(files):
    found = set()
    for file in files:
        found |= set(IMPORT.findall(file.read_text()))
    return found


def swift_files(folder):
    return sorted(folder.rglob("*.swift"))


def folder_of(module):
    """Where our own module lies; None for everybody else's."""
    if module == "MailTransportTesting":
        return HERE.parent / "Support" / module
    folder = SOURCES / module
    return folder if folder.is_dir() and module.startswith("Mail") else None


def own_modules(files):
    """Our modules that these files need, lowest first."""
    order = []

    def visit(module):
        folder = folder_of(module)
        if module in order or not folder:
            return
        for below in sorted(imports(swift_files(folder))):
            visit(below)
        order.append(module)

    for module in sorted(imports(files)):
        visit(module)
    return order


def needs_packages(modules):
    """Whether any of them stands on a package: its release build is linked as it is, without instruments."""
    outside = {"NIOCore", "NIOPosix", "NIOEmbedded", "Logging", "TOMLKit", "ArgumentParser"}
    return any(imports(swift_files(folder_of(module))) & outside for module in modules)


def package_flags():
    maps = sorted(RELEASE.glob("*.build/module.modulemap"))
    checkouts = sorted((ROOT / ".build" / "checkouts").glob("*/Sources/*/include/module.modulemap"))
    return ["-I", str(RELEASE / "Modules")] + [
        word for path in maps + checkouts for word in ("-Xcc", f"-fmodule-map-file={path}")]


def package_objects():
    lists = RELEASE / "mail-serve.product" / "Objects.LinkFileList"
    if not lists.is_file():
        raise BuildError("there is no release build: swift build -c release")
    ours = re.compile(r"/(Mail\w+|mail_serve|mailctl)\.build/")
    objects = [line.strip().strip("'") for line in lists.read_text().splitlines()]
    objects = [path for path in objects if path and not ours.search(path)]
    # The list names the folder behind the link that `release` is.
    known = {os.path.realpath(path) for path in objects}
    embedded = [str(path) for path in sorted(RELEASE.glob("NIOEmbedded.build/*.o"))]
    return objects + [path for path in embedded if os.path.realpath(path) not in known]


def run(command):
    result = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode:
        raise BuildError(result.stdout[-6000:])


def stamp(words, files):
    digest = hashlib.sha256("\n".join(words).encode())
    for file in files:
        digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()


def cached(output, mark, command):
    """Runs the command unless the output was made from the very same things."""
    memory = output.parent / (output.name + ".stamp")
    if output.is_file() and memory.is_file() and memory.read_text() == mark:
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    run(command)
    memory.write_text(mark)


def module_flags(with_packages):
    headers = [word for name in ("CGlibc", "CSQLite", "COpenSSL", "CZlib") for word in ("-I", str(SOURCES / name))]
    headers += [] if with_packages else ["-I", str(CACHE / "modules" / "resolver")]
    return FLAGS + headers + ["-I", str(CACHE / "modules")] + (package_flags() if with_packages else [])


def build_resolver(modules, with_packages):
    """What MailDial stands on; with the packages it comes out of their release build."""
    if "MailDial" not in modules or with_packages:
        return []
    map_file, output = CACHE / "modules" / "resolver" / "module.modulemap", CACHE / "modules" / "resolver.o"
    map_file.parent.mkdir(parents=True, exist_ok=True)
    map_file.write_text(RESOLVER_MAP.format(header=RESOLVER / "include" / "servers.h"))
    sources = [RESOLVER / "servers.c", RESOLVER / "include" / "servers.h"]
    cached(output, stamp([], sources),
           ["clang", "-O1", "-I", str(RESOLVER / "include"), "-c", str(sources[0]), "-o", str(output)])
    return [str(output)]


def build_module(module, marks, with_packages):
    files = swift_files(folder_of(module))
    below = sorted(marks[name] for name in imports(files) if name in marks)
    flags = module_flags(with_packages)
    marks[module] = stamp(flags + below, files)
    output = CACHE / "modules" / f"{module}.o"
    cached(output, marks[module], ["swiftc", *flags, "-module-name", module, "-emit-module", "-emit-module-path",
                                   str(output.with_suffix(".swiftmodule")), "-emit-object", "-o", str(output),
                                   *map(str, files)])
    return output


def build(name):
    """The path of the fuzzer for Tests/Fuzz/NAME."""
    files = swift_files(HERE / "Shared") + swift_files(HERE / "Entry") + swift_files(HERE / name)
    kind = re.search(r"enum (Fuzz\w+): FuzzTarget", "".join(file.read_text() for file in swift_files(HERE / name)))
    if not kind:
        raise BuildError(f"Tests/Fuzz/{name} has no FuzzTarget")
    modules = own_modules(files)
    with_packages = needs_packages(modules)
    marks = {}
    objects = build_resolver(modules, with_packages)
    objects += [str(build_module(module, marks, with_packages)) for module in modules]
    return link(name, kind.group(1), files, objects, with_packages, sorted(marks.values()))


def link(name, kind, files, objects, with_packages, marks):
    alias = CACHE / "alias" / f"{name}.swift"
    alias.parent.mkdir(parents=True, exist_ok=True)
    alias.write_text(f"typealias Target = {kind}\n")
    heap = CACHE / "modules" / "heap.o"
    cached(heap, stamp([], [HERE / "Entry" / "heap.c"]),
           ["clang", "-O1", "-c", str(HERE / "Entry" / "heap.c"), "-o", str(heap)])
    if with_packages:
        objects = objects + package_objects()
    flags = module_flags(with_packages) + ["-module-name", "Fuzz"]
    output = CACHE / "bin" / name
    cached(output, stamp(flags + marks, files + [alias, HERE / "Entry" / "heap.c"]),
           ["swiftc", *flags, "-o", str(output), *objects, str(heap), *map(str, files), str(alias)])
    return output


def environment():
    symbolizer = "/usr/bin/llvm-symbolizer"
    result = dict(os.environ, SWIFT_BACKTRACE="enable=no", ASAN_OPTIONS="detect_leaks=0:handle_abort=1")
    if os.path.exists(symbolizer):
        result["ASAN_SYMBOLIZER_PATH"] = symbolizer
    return result
