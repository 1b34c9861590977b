import MailMessage
import MailStore

extension LimitCatalogue {
    static func messages(_ settings: SessionSettings) -> [LimitRow] {
        [
            .bytes(
                "message.size", settings.messageLimit, key: "limits.message_size", rfc: "RFC 1870, RFC 7889",
                "SIZE and APPENDLIMIT"),
            .count("message.saved_at_once", settings.saveLimit, rfc: "RFC 9738 §3", "of one COPY"),
            .count(
                "message.handled_at_once", settings.handledLimit ?? 0, key: "imap.messages_per_command",
                rfc: "RFC 9738 §3", "of one IMAP command; 0: no limit"),
            .count("message.nesting", MessageLimits.nesting, "parts inside parts; deeper ones are plain text"),
            .count("message.parts", MessageLimits.parts, "the rest is plain text"),
            .bytes("message.header", MessageLimits.headerBytes, "kept of all headers of one message"),
            .bytes(
                "message.boundary", MessageLimits.boundaryLength, rfc: "RFC 2046 §5.1.1",
                "70, and more from broken mailers"),
            .bytes(
                "message.boundary_padding", MessageLimits.boundaryPadding, rfc: "RFC 2046 §5.1.1",
                "white space behind it"),
            .count("message.parameters", MessageLimits.parameters, "of one header field"),
            .count("message.addresses", MessageLimits.addresses, "of one header field"),
            .count("message.thread_keys", MessageLimits.threadKeys, "of one message"),
            .count("message.languages", MessageLimits.languages, "of one part"),
            .bytes("message.charset_name", MessageLimits.charsetNameLength, "no charset has a longer name"),
            .bytes("message.local_part", MessageLimits.localPartLength, rfc: "RFC 5321 §4.5.3.1.1", "of an address"),
            .bytes("message.domain", MessageLimits.domainLength, rfc: "RFC 5321 §4.5.3.1.2", "of an address"),
            .bytes("message.label", MessageLimits.labelLength, rfc: "RFC 1035 §2.3.4", "of a domain"),
            .bytes("message.quoted_string", MessageLimits.quotedStringLength, "longer values leave as literals"),
        ]
    }

    static func names() -> [LimitRow] {
        [
            .bytes("name.mailbox", MailboxName.maximumLength, "a whole name"),
            .bytes("name.mailbox_component", MailboxName.maximumComponentLength, "one level; fits a file name"),
            .count("name.mailbox_depth", MailboxName.maximumDepth, "levels"),
            .count("name.mailboxes", AccountTransaction.mailboxLimit, "of one account"),
            .count("name.grants", AccountTransaction.grantLimit, "entries of one mailbox's access control list"),
            .count(
                "name.former_grants", AccountTransaction.formerGrantLimit,
                "the same of all deleted mailboxes together; further ones come back unshared"),
            .bytes("name.keyword", Keyword.maximumLength, "a flag's name"),
            .bytes("name.login", LoginName.maximumLength, "a login without its domain"),
            .bytes("name.signature", AccountPreferences.longestSignature, "what people put below their mail"),
            .bytes("name.directory_text", StoreLimits.directoryText, "free text in the directory"),
            .count("name.alias_depth", AliasLimits.depth, "aliases behind aliases"),
            .count("name.alias_accounts", AliasLimits.accounts, "accounts one address may reach"),
            .count("name.alias_targets", AliasLimits.targets, "of one alias"),
            .bytes("name.log_value", LogText.maximumValueLength, "one value of a log line"),
        ]
    }
}
