"""Debian's Roundcube in a browser: chromium without a window, led by selenium."""
import contextlib
import os
import pathlib
import secrets
import socket
import sqlite3
import subprocess
import sys

import messages
from support import fetch_all, find, home, search, seed, text_of, token, until
from testbed import PASSWORD, Testbed

ACCOUNT, OTHER = 1, 2
SHARE = pathlib.Path("/usr/share/roundcube")
CONFIG = """<?php
$tls = ['ssl' => ['verify_peer' => true, 'verify_peer_name' => true, 'cafile' => '{cafile}']];
$config = [
    'db_dsnw' => 'sqlite:///{folder}/roundcube.db?mode=0600', 'des_key' => '{key}',
    'imap_host' => 'ssl://localhost:{imaps}', 'imap_conn_options' => $tls,
    'smtp_host' => 'ssl://localhost:{submissions}', 'smtp_conn_options' => $tls, 'smtp_user' => '%u', 'smtp_pass' => '%p',
    'log_dir' => '{folder}/logs/', 'temp_dir' => '{folder}/temp/', 'imap_debug' => true, 'smtp_debug' => true,
    'drafts_mbox' => 'Drafts', 'sent_mbox' => 'Sent', 'trash_mbox' => 'Trash', 'junk_mbox' => 'Junk',
    'create_default_folders' => false, 'skin' => 'elastic', 'language' => 'en_US', 'plugins' => [],
    'enable_spellcheck' => false, 'mime_types' => '{folder}/mime.types',
];
"""


@contextlib.contextmanager
def roundcube(bed):
    """Its address; everything it writes stays in a folder of its own."""
    with home() as name:
        folder = pathlib.Path(name)
        for part in "config", "logs", "temp", "web":
            (folder / part).mkdir()
        for part in "index.php", "program", "skins", "plugins":
            (folder / "web" / part).symlink_to(SHARE / part)
        (folder / "config/defaults.inc.php").symlink_to("/etc/roundcube/defaults.inc.php")
        (folder / "mime.types").write_text("text/plain txt\n")
        (folder / "config/config.inc.php").write_text(CONFIG.format(
            cafile=bed.cafile, folder=folder, key=secrets.token_hex(12), **bed.ports))
        with contextlib.closing(sqlite3.connect(folder / "roundcube.db")) as database:
            database.executescript((SHARE / "SQL/sqlite.initial.sql").read_text())
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with open(folder / "logs/php", "wb") as log:
            process = subprocess.Popen(
                ["php", "-S", f"127.0.0.1:{port}", "-t", str(folder / "web")], stdout=log, stderr=log,
                env={**os.environ, "ROUNDCUBE_CONFIG_DIR": str(folder / "config"), "PHP_CLI_SERVER_WORKERS": "4"},
                start_new_session=True)
        try:
            until(lambda: accepts(port), 60, "web server")
            yield f"http://127.0.0.1:{port}/", folder
        except BaseException:
            for path in sorted((folder / "logs").iterdir()):
                print(f"--- {path.name}\n{path.read_text(errors='replace')[-3000:]}")
            raise
        finally:
            os.killpg(process.pid, 15)
            process.wait()


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def browser(folder):
    sys.path.append("/usr/lib/python3/dist-packages")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,900",
                     f"--user-data-dir={folder}/chromium"):
        options.add_argument(argument)
    options.binary_location = "/usr/bin/chromium"
    driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    driver.set_page_load_timeout(60)
    try:
        yield driver
    except BaseException:
        picture = pathlib.Path(os.environ.get("POSTHUS_PICTURES", "/tmp"), "posthus-roundcube.png")
        driver.save_screenshot(str(picture))
        print(f"what the browser showed: {picture}\n{driver.find_element('tag name', 'body').text[-1500:]}")
        raise
    finally:
        driver.quit()


class Page:
    def __init__(self, driver, address):
        self.driver, self.address = driver, address

    def find(self, selector, holds=""):
        def one():
            from selenium.common.exceptions import StaleElementReferenceException
            with contextlib.suppress(StaleElementReferenceException):
                for element in self.driver.find_elements("css selector", selector):
                    if element.is_displayed() and holds in element.text:
                        return element
        return until(one, 60, f"{selector} {holds}")

    def gone(self, selector, holds):
        until(lambda: not [e for e in self.driver.find_elements("css selector", selector) if holds in e.text], 60, f"end of {holds}")

    def go(self, query):
        self.driver.get(self.address + query)

    def login(self, number):
        self.go("")
        self.find("#rcmloginuser").send_keys(Testbed.address(number))
        self.find("#rcmloginpwd").send_keys(PASSWORD)
        self.find("#rcmloginsubmit").click()
        self.find("#messagelist")

    def open(self, subject):
        row = self.find("#messagelist tr.message", subject)
        uid = self.driver.execute_script("return rcmail.html_identifier_decode(arguments[0].id.replace(/^rcmrow/, ''))", row)
        self.go(f"?_task=mail&_action=show&_mbox=INBOX&_uid={uid}")

    def run(self, script):
        return self.driver.execute_script(script)

    def keep(self, name):
        if folder := os.environ.get("POSTHUS_PICTURES"):
            self.driver.save_screenshot(f"{folder}/roundcube-{name}.png")


def test_reads_sends_searches_and_moves_to_trash(bed):
    name, original = seed(bed, ACCOUNT, messages.eight_bit)
    other, kept = seed(bed, ACCOUNT, messages.attachment)
    with roundcube(bed) as (address, folder), browser(folder) as driver:
        page = Page(driver, address)
        page.login(ACCOUNT)
        page.find("#messagelist tr.message", name)
        page.keep("list")
        page.open(name)
        page.find("#messagebody", "Räksmörgås på Göta älv, 東京 ✓")
        page.keep("message")
        until(lambda: search(bed, ACCOUNT, "SEEN", "SUBJECT", name), 60, "\\Seen")

        sent = token()
        page.go("?_task=mail&_action=compose")
        page.find("#compose_to input, #compose-headers .recipient-input input").send_keys(Testbed.address(OTHER) + ",")
        page.find("#compose-subject").send_keys(sent)
        page.find("#composebody").send_keys("Grüße aus Göteborg\n.\nFrom here")
        page.keep("compose")
        page.find("button.send, a.send").click()
        until(lambda: search(bed, ACCOUNT, "SUBJECT", sent, mailbox="Sent"), 60, "copy in Sent")
        for message in find(fetch_all(bed, OTHER), sent), find(fetch_all(bed, ACCOUNT, "Sent"), sent):
            assert "Grüße aus Göteborg\n.\nFrom here" in text_of(message), message

        page.go("?_task=mail&_mbox=INBOX")
        page.find("#messagelist tr.message", other)
        page.find("#mailsearchform").send_keys(name)
        page.run("rcmail.command('search')")
        page.gone("#messagelist tr.message", other)
        page.find("#messagelist tr.message", name)
        page.keep("search")
        page.run("rcmail.command('reset-search')")
        page.find("#messagelist tr.message", other).click()
        page.find("#messagelist tr.message.selected", other)
        page.find("a.delete:not(.disabled)").click()
        page.gone("#messagelist tr.message", other)
        page.go("?_task=mail&_mbox=Trash")
        page.find("#messagelist tr.message", other)
        page.keep("trash")
    assert not search(bed, ACCOUNT, "SUBJECT", other)
    assert messages.same(kept, find(fetch_all(bed, ACCOUNT, "Trash"), other))
    assert messages.same(original, find(fetch_all(bed, ACCOUNT), name))
