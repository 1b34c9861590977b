internal import MailCrypto
internal import MailDomainAuth
package import MailMessage
package import MailStore

/// One key of a domain, for people.
package struct DKIMLine: Sendable, Equatable {
    package let domain: MailDomain
    let entry: DKIMKeyEntry

    package var selector: String { entry.selector }
    package var kind: String { entry.kind.rawValue }
    /// pending, active or retired
    package var state: String { entry.state.rawValue }
    package var createdAt: EpochSeconds { entry.createdAt }
    package var changedAt: EpochSeconds { entry.changedAt }
    package var recordName: String { "\(entry.selector)._domainkey.\(domain)" }
    package var record: String { entry.record }

    /// For a zone file.
    package var zoneLine: String { WantedRecord(recordName, .txt, .dkim, record).zoneLine }
}

/// Which keys are made. Both: readers who do not know Ed25519 need the other (RFC 8463 §5).
package enum DKIMKinds: String, Sendable, CaseIterable {
    case both, rsa, ed25519

    var all: [KeyKind] {
        switch self {
        case .both: [.rsa, .ed25519]
        case .rsa: [.rsa]
        case .ed25519: [.ed25519]
        }
    }
}
