"""Thunderbird, given an address and a password and nothing else."""
import types

import client_thunderbird
from stage import DOMAIN, HOST, PORTS
from testbed import PASSWORD

STARTTLS, TLS, NORMAL_PASSWORD = 2, 3, 3
SETUP = """
    const main = Services.wm.getMostRecentWindow("mail:3pane");
    const wait = async (what, find) => {
      for (let i = 0; i < 300; i++) { const found = find(); if (found) return found; await pause(200); }
      throw new Error(`nothing comes of: ${what}`);
    };
    await wait("the window", () => main.openAccountHub);
    main.openAccountHub("MAIL");
    const hub = await wait("the hub", () => main.document.querySelector("account-hub-container")?.modal?.querySelector("account-hub-email"));
    const shown = (id, field) => { const view = hub.querySelector(id); return view && !view.hidden && view.querySelector(field); };
    const type = (field, text) => { field.value = text; field.dispatchEvent(new main.Event("input", { bubbles: true })); };
    const forward = async () => (await wait("the button", () => {
      const button = hub.querySelector("account-hub-footer #forward");
      return button && !button.disabled && !button.hidden && button; })).click();
    const address = await wait("the form", () => shown("#emailAutoConfigSubview", "#email"));
    type(hub.querySelector("#realName"), "Test Person");
    type(address, given[0]);
    await forward();
    await wait("settings that were found", () => shown("#emailConfigFoundSubview", "*"));
    await forward();
    type(await wait("the question for the password", () => shown("#emailPasswordSubview", "#password")), given[1]);
    await forward();
    const account = await wait("an account", () => {
      const view = hub.querySelector("#emailPasswordSubview");
      return view.hidden && MailServices.accounts.accounts.find(one => one.incomingServer.type == "imap"); });
    const incoming = account.incomingServer;
    incoming.performExpand(null);
    await wait("folders", () => incoming.rootFolder.hasSubFolders && incoming.rootFolder.subFolders.length >= 6);
    const outgoing = MailServices.outgoingServer.getServerByKey(account.defaultIdentity.smtpServerKey);
    const smtp = outgoing.QueryInterface(Ci.nsISmtpServer);
    return {
      incoming: [incoming.hostname ?? incoming.hostName, incoming.port, incoming.socketType, incoming.authMethod, incoming.username],
      outgoing: [smtp.hostname, smtp.port, outgoing.socketType, outgoing.authMethod, outgoing.username],
      address: account.defaultIdentity.email };
"""


def profile(bed, folder, port):
    """No account, and nothing that says where one might be."""
    keep = {key: value for key, value in client_thunderbird.PREFERENCES.items()
            if not key.startswith(("mail.server.", "mail.account", "mail.identity.", "mail.smtp"))}
    client_thunderbird.write_profile(bed, folder, {**keep, "marionette.port": port})


def test_thunderbird_needs_address_and_password_alone(stage):
    address = f"u00005@{DOMAIN}"
    with client_thunderbird.thunderbird(types.SimpleNamespace(cafile=stage.cafile), profile) as window:
        try:
            found = window.run(SETUP, address, PASSWORD)
        finally:
            window.picture("setup")
    assert found["incoming"] == [HOST, PORTS["imaps"], TLS, NORMAL_PASSWORD, address], found
    assert found["outgoing"] == [HOST, PORTS["submission"], STARTTLS, NORMAL_PASSWORD, address], found
    assert found["address"] == address
