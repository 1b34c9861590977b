/// A configuration profile for iOS and macOS (payload com.apple.mail.managed): one mail account, the password is asked for.
extension ClientSettings {
    /// nil: it takes an account, a server for sending and one for reading.
    package var mobileconfig: String? {
        guard let person, let outgoing = best(.smtp), let incoming = best(.imap) ?? best(.pop3) else { return nil }
        let identifier = "posthus." + person.address
        let account: [(String, PropertyValue)] = [
            ("PayloadType", .text("com.apple.mail.managed")), ("PayloadVersion", .number(1)),
            ("PayloadIdentifier", .text(identifier + ".mail")), ("PayloadUUID", .text(Self.uuid(identifier + ".mail"))),
            ("PayloadDisplayName", .text(person.address)), ("EmailAccountDescription", .text(person.address)),
            ("EmailAccountName", .text(person.name.isEmpty ? person.address : person.name)),
            ("EmailAccountType", .text(incoming.kind == .imap ? "EmailTypeIMAP" : "EmailTypePOP")),
            ("EmailAddress", .text(person.address)),
        ]
        let profile: [(String, PropertyValue)] = [
            ("PayloadType", .text("Configuration")), ("PayloadVersion", .number(1)),
            ("PayloadIdentifier", .text(identifier)), ("PayloadUUID", .text(Self.uuid(identifier))),
            ("PayloadDisplayName", .text("Mail \(person.address)")),
            (
                "PayloadContent",
                .list([
                    .table(account + incoming.properties("Incoming", person) + outgoing.properties("Outgoing", person))
                ])
            ),
        ]
        return PropertyList.text(.table(profile))
    }

    /// The same for the same account, so that a newer profile replaces the older one. RFC 9562 §5.8: a version of our own.
    private static func uuid(_ text: String) -> String {
        let halves = [fnv(text), fnv(text + "#")]
        var digits = halves.map { half in
            let plain = String(half, radix: 16, uppercase: true)
            return String(repeating: "0", count: 16 - plain.count) + plain
        }.joined().map { $0 }
        digits[12] = "8"
        digits[16] = "8"
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }

    private static func fnv(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

extension ClientSettings.Server {
    fileprivate func properties(_ side: String, _ person: ClientSettings.Person) -> [(String, PropertyValue)] {
        [
            ("\(side)MailServerAuthentication", .text("EmailAuthPassword")),
            ("\(side)MailServerHostName", .text(host)), ("\(side)MailServerPortNumber", .number(port)),
            ("\(side)MailServerUseSSL", .flag(true)), ("\(side)MailServerUsername", .text(person.userName)),
        ]
    }
}

/// A property list in its XML form.
enum PropertyValue {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([PropertyValue])
    case table([(String, PropertyValue)])
}

enum PropertyList {
    static func text(_ root: PropertyValue) -> String {
        let head = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            #"<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">"#,
            #"<plist version="1.0">"#,
        ]
        return (head + lines(root) + ["</plist>"]).map { $0 + "\n" }.joined()
    }

    /// As deep as our own values are.
    private static func lines(_ value: PropertyValue) -> [String] {
        switch value {
        case .text(let text): ["<string>\(XMLText.escaped(text))</string>"]
        case .number(let number): ["<integer>\(number)</integer>"]
        case .flag(let flag): [flag ? "<true/>" : "<false/>"]
        case .list(let items): framed("array", items.flatMap(lines))
        case .table(let rows): framed("dict", rows.flatMap(row))
        }
    }

    private static func row(_ key: String, _ value: PropertyValue) -> [String] {
        ["<key>\(key)</key>"] + lines(value)
    }

    private static func framed(_ element: String, _ lines: [String]) -> [String] {
        ["<\(element)>"] + lines.map { "  " + $0 } + ["</\(element)>"]
    }
}
