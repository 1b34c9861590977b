"""Runs the cases of case_*.py, one browser for all of them."""
import argparse
import contextlib
import importlib
import itertools
import pathlib
import sys
import tempfile
import time
import traceback

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from bed import CHROMIUM, Site  # noqa: E402


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--pictures", type=pathlib.Path, help="keep a picture of every page there")
    options.add_argument("words", nargs="*")
    options = options.parse_args()
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
    cases = [case for case in every_case() if is_wanted(case[0], options.words)]
    failed, started = 0, time.monotonic()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            for kind, group in itertools.groupby(cases, key=lambda case: case[2]):
                with tempfile.TemporaryDirectory(prefix="posthus-web-") as folder, contextlib.closing(kind(folder)) as site:
                    failed += sum(not passes(case, site, browser, options.pictures) for case in group)
        finally:
            browser.close()
    print(f"{len(cases) - failed} passed, {failed} failed ({time.monotonic() - started:.0f} s)")
    return 1 if failed or not cases else 0


def every_case():
    """Title, test, and the kind of server that it is about: a module's SITE."""
    modules = [importlib.import_module(path.stem) for path in sorted(HERE.glob("case_*.py"))]
    for module in sorted(modules, key=lambda module: hasattr(module, "SITE")):
        for name, test in vars(module).items():
            if name.startswith("test_"):
                title = f"{module.__name__.removeprefix('case_')}: {name.removeprefix('test_').replace('_', ' ')}"
                yield title, test, getattr(module, "SITE", Site)


def is_wanted(title, words):
    return not words or any(title == word[1:] if word.startswith("=") else word in title for word in words)


def passes(case, site, browser, pictures):
    title, test, _ = case
    extra = {"pictures": pictures} if "pictures" in test.__code__.co_varnames[:test.__code__.co_argcount] else {}
    try:
        test(site, browser, **extra)
    except Exception:
        print(f"FAIL  {title}\n{traceback.format_exc()}", flush=True)
        return False
    print(f"ok    {title}", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
