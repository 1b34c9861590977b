package import MailDomainAuth
package import MailNetwork

/// Asks nothing more when its time is over: a sender's domain may have hundreds of names that nobody answers for.
package struct TimedRecords: DomainRecords {
    private let records: any DomainRecords
    private let end: ContinuousClock.Instant

    package init(_ records: any DomainRecords, patience: Duration) {
        self.records = records
        end = ContinuousClock.now.advanced(by: patience)
    }

    package func texts(of name: String) async -> DomainAnswer<[String]> {
        isOver ? Self.tooLate() : await records.texts(of: name)
    }

    package func addresses(of name: String, _ family: IPAddress.Family) async -> DomainAnswer<[IPAddress]> {
        isOver ? Self.tooLate() : await records.addresses(of: name, family)
    }

    package func mailHosts(of name: String) async -> DomainAnswer<[String]> {
        isOver ? Self.tooLate() : await records.mailHosts(of: name)
    }

    package func names(of address: IPAddress) async -> DomainAnswer<[String]> {
        isOver ? Self.tooLate() : await records.names(of: address)
    }

    private var isOver: Bool { ContinuousClock.now >= end }

    private static func tooLate<Value>() -> DomainAnswer<Value> { .failed("the time for questions is over") }
}
