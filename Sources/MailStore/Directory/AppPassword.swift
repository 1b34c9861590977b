package import MailMessage

/// The first letters of an app password. They name it in lists and find it at a login, and are no secret.
package struct AppPasswordHandle: Hashable, Sendable, CustomStringConvertible {
    package static let length = 5
    package let text: String

    package init?(_ text: String) {
        guard text.utf8.count == Self.length, text.utf8.allSatisfy({ AppPasswordAlphabet.contains($0) }) else {
            return nil
        }
        self.text = text
    }

    /// From letters that have been looked at already.
    package init(unchecked text: String) { self.text = text }
    package var description: String { text }
}

/// Letters and digits that nobody takes for another: 32 of them, five bits each.
package enum AppPasswordAlphabet {
    package static let characters = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
    package static func contains(_ byte: UInt8) -> Bool { characters.contains(byte) }
}

/// Protocols that an app password may be used for.
package struct AppPasswordServices: OptionSet, Hashable, Sendable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }

    package static let imap = AppPasswordServices(rawValue: 1)
    package static let pop3 = AppPasswordServices(rawValue: 2)
    package static let smtp = AppPasswordServices(rawValue: 4)
    package static let all: AppPasswordServices = [.imap, .pop3, .smtp]

    private static let named: [(AppPasswordServices, String)] = [(.imap, "imap"), (.pop3, "pop3"), (.smtp, "smtp")]
    package static let everyName = named.map(\.1)

    package var names: [String] { Self.named.filter { contains($0.0) }.map(\.1) }

    package init?(name: String) {
        guard let found = Self.named.first(where: { $0.1 == name }) else { return nil }
        self = found.0
    }
}

/// What is kept of an app password, and what lists show.
package struct AppPasswordEntry: Sendable, Equatable {
    /// When, by which protocol and from where it last let somebody in.
    package struct Use: Sendable, Equatable {
        package let at: EpochSeconds
        package let service: String
        package let from: String

        package init(at: EpochSeconds, service: String, from: String) {
            self.at = at
            self.service = service
            self.from = from
        }
    }

    package let handle: AppPasswordHandle
    package let account: AccountID
    package let name: String
    package let digest: [UInt8]
    package let services: AppPasswordServices
    package let createdAt: EpochSeconds
    package let expiresAt: EpochSeconds?
    package let lastUse: Use?
    /// With the salt of all keys of its account; nil: made when it is next used as plain text.
    package let scram: ScramKeys?

    package func isExpired(at now: EpochSeconds) -> Bool { expiresAt.map { $0 <= now } ?? false }
}

package struct NewAppPassword: Sendable {
    package let handle: AppPasswordHandle
    package let digest: [UInt8]
    package let name: String
    package let services: AppPasswordServices
    package let expiresAt: EpochSeconds?
    package let scram: ScramKeys?

    package init(
        handle: AppPasswordHandle, digest: [UInt8], name: String, services: AppPasswordServices,
        expiresAt: EpochSeconds?, scram: ScramKeys? = nil
    ) {
        self.scram = scram
        self.handle = handle
        self.digest = digest
        self.name = name
        self.services = services
        self.expiresAt = expiresAt
    }
}
