package import MailStore

/// Why somebody whose password is right does not come in: in words for people, with whom to ask.
///
/// Only whoever has proven who they are is told; for everybody else it is a wrong password.
package struct LoginRefusal: Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        case switchedOff(Feature)
        /// The app password is for these only.
        case onlyFor(AppPasswordServices)
        case appPasswordExpired
    }

    package let reason: Reason
    /// As the organisation wrote it; empty when it named nobody.
    package let contact: String

    package init(_ reason: Reason, contact: String) {
        self.reason = reason
        self.contact = contact
    }

    /// One line of ASCII: it goes into replies of protocols that know nothing else.
    package var words: String { "\(cause); ask \(Self.shown(contact))" }

    /// For the log.
    package var name: String {
        switch reason {
        case .switchedOff: "off"
        case .onlyFor: "otherservice"
        case .appPasswordExpired: "expired"
        }
    }

    private var cause: String {
        switch reason {
        case .switchedOff(.imap): "IMAP is switched off for this account"
        case .switchedOff(.pop): "POP is switched off for this account"
        case .switchedOff(.webmail): "Webmail is switched off for this account"
        case .switchedOff(.sendOutside): "Sending to other places is switched off for this account"
        case .switchedOff(.forwardOutside): "Forwarding to other places is switched off for this account"
        case .switchedOff(.appPasswords): "App passwords are switched off for this account"
        case .switchedOff(.sentCopy): "Copies of sent mail are switched off for this account"
        case .onlyFor(let services): "This app password is for \(services.names.joined(separator: " and ")) only"
        case .appPasswordExpired: "This app password has expired"
        }
    }

    static func shown(_ contact: String) -> String {
        let plain = String(contact.unicodeScalars.map { (0x20...0x7e).contains($0.value) ? Character($0) : "?" })
        return plain.isEmpty ? "your administrator" : String(plain.prefix(mostLetters))
    }

    /// A reply of SMTP has 512 bytes (RFC 5321 §4.5.3.1.5).
    static let mostLetters = 200
}

extension LoginFacts {
    /// nil when nothing speaks against this way in.
    func refusal(_ service: LoginOrigin.Service, by app: AppPasswordEntry? = nil, now: Int64) -> LoginRefusal? {
        reason(service, app, now).map { LoginRefusal($0, contact: contact) }
    }

    private func reason(_ service: LoginOrigin.Service, _ app: AppPasswordEntry?, _ now: Int64) -> LoginRefusal.Reason?
    {
        if let app {
            if !features.isOn(.appPasswords) { return .switchedOff(.appPasswords) }
            if app.isExpired(at: now) { return .appPasswordExpired }
            if !service.isAmong(app.services) { return .onlyFor(app.services) }
        }
        return service.feature.flatMap { features.isOn($0) ? nil : .switchedOff($0) }
    }
}

extension LoginOrigin.Service {
    /// What must be on for an account to come in here; sending stays open, for mail inside.
    package var feature: Feature? {
        switch self {
        case .imap: .imap
        case .pop3: .pop
        case .web: .webmail
        case .smtp, .submission, .tool: nil
        }
    }

    func isAmong(_ services: AppPasswordServices) -> Bool {
        switch self {
        case .imap: services.contains(.imap)
        case .pop3: services.contains(.pop3)
        case .smtp, .submission: services.contains(.smtp)
        case .web, .tool: false
        }
    }
}
