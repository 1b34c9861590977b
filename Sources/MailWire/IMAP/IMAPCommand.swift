package import MailMessage

/// One client command, complete and typed (RFC 9051 §6 and the extensions named in each payload).
package struct IMAPCommand: Sendable, Equatable {
    package let tag: String
    /// In capitals, with its prefix: "UID FETCH". For logs and for tables of what is allowed when.
    package let name: String
    package let body: Body

    package init(tag: String, name: String, body: Body) {
        self.tag = tag
        self.name = name
        self.body = body
    }

    package enum Body: Sendable, Equatable {
        // Any state
        case capability
        case noop
        case logout
        case id([IDField]?)
        // Not authenticated
        case startTLS
        case authenticate(AuthenticateCommand)
        case login(LoginCommand)
        // Authenticated
        case enable([String])
        case select(SelectCommand)
        case examine(SelectCommand)
        case create(CreateCommand)
        case delete(WireMailbox)
        case rename(from: WireMailbox, to: WireMailbox)
        case subscribe(WireMailbox)
        case unsubscribe(WireMailbox)
        case list(ListCommand)
        case lsub(ListCommand)
        case namespace
        case status(WireMailbox, [StatusItem])
        case append(AppendCommand)
        case unauthenticate
        /// RFC 4978; the name of an algorithm, in capitals.
        case compress(String)
        case idle
        case multiSearch(MultiSearchCommand)
        case notify(NotifyCommand)
        case getQuota(root: [UInt8])
        case getQuotaRoot(WireMailbox)
        case setQuota(root: [UInt8], limits: [QuotaResource])
        case getMetadata(GetMetadataCommand)
        case setMetadata(SetMetadataCommand)
        // RFC 4314
        case setACL(SetACLCommand)
        case deleteACL(WireMailbox, identifier: [UInt8])
        case getACL(WireMailbox)
        case listRights(WireMailbox, identifier: [UInt8])
        case myRights(WireMailbox)
        // Selected
        case check
        case close
        case unselect
        case expunge
        case uidExpunge(SequenceSet)
        case uidBatches(UIDBatchesCommand)
        case search(SearchCommand)
        case sort(SortCommand)
        case thread(ThreadCommand)
        case cancelUpdate([String])
        case fetch(FetchCommand)
        case store(StoreCommand)
        case copy(CopyCommand)
        case move(CopyCommand)
        case replace(ReplaceCommand)
    }
}

/// AUTHENTICATE mechanism [initial response] (RFC 9051 §6.2.2, RFC 4959).
package struct AuthenticateCommand: Sendable, Equatable {
    /// In capitals.
    package let mechanism: String
    /// Still base64; empty for "=", which stands for an empty response; nil when the client waits for a challenge.
    package let initialResponse: [UInt8]?
}

package struct LoginCommand: Sendable, Equatable {
    package let user: [UInt8]
    package let password: [UInt8]
}

/// SELECT and EXAMINE (RFC 9051 §6.3.2), with the parameters of RFC 7162 (§3.1.8, §3.2.5).
package struct SelectCommand: Sendable, Equatable {
    package let mailbox: WireMailbox
    package let condstore: Bool
    package var qresync: QuickResync?
}

/// What a client that was away remembers of a mailbox (RFC 7162 §3.2.5).
package struct QuickResync: Sendable, Equatable {
    package let uidValidity: UInt32
    package let modSeq: ModSeq
    /// Nil when the client means all there ever were.
    package let knownUIDs: UIDSet?
    package let match: SequenceMatch?

    package init(
        uidValidity: UInt32, modSeq: ModSeq, knownUIDs: UIDSet? = nil, match: SequenceMatch? = nil
    ) {
        self.uidValidity = uidValidity
        self.modSeq = modSeq
        self.knownUIDs = knownUIDs
        self.match = match
    }
}

/// The n-th number had the n-th UID when the client last looked (RFC 7162 §3.2.5.2).
package struct SequenceMatch: Sendable, Equatable {
    package let numbers: [ClosedRange<SequenceNumber>]
    package let uids: [ClosedRange<UID>]

    package init(numbers: [ClosedRange<SequenceNumber>], uids: [ClosedRange<UID>]) {
        self.numbers = numbers
        self.uids = uids
    }
}

/// CREATE with the special uses a client asks for (RFC 6154 §3): `\Sent` as the client spelled it.
package struct CreateCommand: Sendable, Equatable {
    package let mailbox: WireMailbox
    /// The client wrote the name with a trailing separator: it wants to create names below (RFC 9051 §6.3.4).
    package var isDirectory: Bool { mailbox.hasTrailingSeparator }
    package let useAttributes: [String]
}

/// UIDBATCHES (RFC 10022): so many messages in each batch, and which of the batches, the newest being the first.
package struct UIDBatchesCommand: Sendable, Equatable {
    package let size: UInt32
    package let batches: ClosedRange<UInt32>?
}

/// COPY and MOVE, by sequence number or UID.
package struct CopyCommand: Sendable, Equatable {
    package let uid: Bool
    package let set: SequenceSet
    package let mailbox: WireMailbox
}

/// One field of ID (RFC 2971 §3.1).
package struct IDField: Sendable, Equatable {
    package let name: [UInt8]
    package let value: [UInt8]?

    package init(name: [UInt8], value: [UInt8]?) {
        self.name = name
        self.value = value
    }
}

/// One resource of a quota root: in commands only the limit counts (RFC 9208 §4.1.3).
package struct QuotaResource: Sendable, Equatable {
    /// In capitals: STORAGE (units of 1,024 octets) or MESSAGE.
    package let name: String
    package let usage: UInt64
    package let limit: UInt64

    package init(name: String, usage: UInt64 = 0, limit: UInt64) {
        self.name = name
        self.usage = usage
        self.limit = limit
    }
}
