import MailNetwork

@testable import MailDial

/// A byte for the kind that was asked for; flags and counts; then records behind our own question about example.org.
enum FuzzDNSAnswers: FuzzTarget {
    static let name = "dns-answers"
    /// A record of twelve bytes may point at a name of 255.
    static var memoryPerByte: Int { 1_000 }

    private static let headLength = 10
    private static let longestName = 255

    static func check(_ input: [UInt8]) -> String? {
        let kinds = DNSRecord.Kind.allCases
        guard let name = DNSName("example.org"), let choice = input.first else { return nil }
        let question = DNSQuestion(name: name, kind: kinds[Int(choice) % kinds.count])
        let id = [UInt8(question.id >> 8), UInt8(question.id & 0xff)]
        let rest = Array(input.dropFirst())
        var rules = Rules()
        // Whatever is sent: an answer to something else, or to nothing.
        rules.none(DNSResponse(id + rest, to: question).flatMap { broken($0, question) })
        let asked = name.wire + [UInt8(question.kind.number >> 8), UInt8(question.kind.number & 0xff), 0, 1]
        let answer = id + rest.prefix(headLength) + asked + rest.dropFirst(headLength)
        let found = DNSResponse(answer, to: question)
        rules.that(found == DNSResponse(answer, to: question), "not the same twice")
        rules.none(found.flatMap { broken($0, question) })
        return rules.broken
    }

    private static func broken(_ response: DNSResponse, _ question: DNSQuestion) -> String? {
        var rules = Rules()
        rules.that(!response.isCut || response.records.isEmpty, "records of an answer that was cut")
        rules.that(response.owner.utf8.count <= longestName, "a name of \(response.owner.utf8.count)")
        rules.that(response.owner == response.owner.lowercased(), "\(response.owner) is not folded")
        rules.that(Set(response.records).count == response.records.count, "a record twice")
        rules.that(response.records.allSatisfy { $0.kind == question.kind }, "a record of another kind")
        rules.that(response.records.isEmpty || response.seconds != nil, "records that say nothing of their time")
        return rules.broken
    }
}

extension DNSRecord {
    fileprivate var kind: Kind {
        switch self {
        case .address(let address): address.family == .v4 ? .a : .aaaa
        case .alias: .cname
        case .mail: .mx
        case .pointer: .ptr
        case .service: .srv
        case .authority: .soa
        case .text: .txt
        case .certificate: .tlsa
        }
    }
}
