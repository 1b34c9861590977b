/// What a server said to EHLO that it can do (RFC 5321 §4.1.1.1). Keywords it does not know are passed over.
package struct ServerOffer: Sendable, Equatable {
    package enum Extension: String, Sendable, CaseIterable {
        case pipelining = "PIPELINING"  // RFC 2920
        case chunking = "CHUNKING"  // RFC 3030
        case binaryMIME = "BINARYMIME"
        case eightBitMIME = "8BITMIME"  // RFC 6152
        case smtpUTF8 = "SMTPUTF8"  // RFC 6531
        case dsn = "DSN"  // RFC 3461
        case startTLS = "STARTTLS"  // RFC 3207
        case requireTLS = "REQUIRETLS"  // RFC 8689
    }

    package var extensions: Set<Extension> = []
    /// SIZE's limit (RFC 1870 §4); nil when it is offered without one. Meaningless unless `offersSize`.
    package var size: Int64?
    package var offersSize = false
    package var mechanisms: Set<SASLMechanism> = []
    /// RFC 9422 §4: transactions, recipients, and domains of recipients in one.
    package var mailMax: Int?
    package var rcptMax: Int?
    package var domainMax: Int?

    /// What one knows of a server that only took HELO.
    package init() {}

    /// From the lines of a 250; the first is a greeting.
    package init(_ reply: RemoteReply) {
        for line in reply.lines.dropFirst() { note(String(decoding: line, as: UTF8.self)) }
    }

    package func has(_ one: Extension) -> Bool { extensions.contains(one) }

    // ehlo-line = ehlo-keyword *( SP ehlo-param )
    private mutating func note(_ line: String) {
        let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map {
            String($0).asciiUppercased
        }
        guard let keyword = words.first else { return }
        let rest = words.dropFirst()
        switch keyword {
        case "SIZE": noteSize(rest.first)
        case "AUTH": noteMechanisms(rest)
        case "LIMITS": rest.forEach { noteLimit($0) }
        // Servers for clients older than RFC 4954 write "AUTH=LOGIN".
        case _ where keyword.hasPrefix("AUTH="): noteMechanisms([String(keyword.dropFirst(5))] + rest)
        default: Extension(rawValue: keyword).map { _ = extensions.insert($0) }
        }
    }

    /// RFC 1870 §4: none and 0 are no limit; one that no number holds is none either.
    private mutating func noteSize(_ word: String?) {
        offersSize = true
        let limit = word.flatMap { UInt64(decimal: Array($0.utf8)[...]) } ?? 0
        size = limit == 0 ? nil : Int64(clamping: limit)
    }

    private mutating func noteMechanisms(_ words: some Sequence<String>) {
        for word in words { SASLMechanism(name: word).map { _ = mechanisms.insert($0) } }
    }

    /// RFC 9422 §3: a limit of 0 or one that is no number is ignored.
    private mutating func noteLimit(_ word: String) {
        let halves = word.split(separator: "=", maxSplits: 1)
        guard halves.count == 2, let number = Int(halves[1]), number > 0 else { return }
        switch halves[0] {
        case "MAILMAX": mailMax = number
        case "RCPTMAX": rcptMax = number
        case "RCPTDOMAINMAX": domainMax = number
        default: break
        }
    }
}
