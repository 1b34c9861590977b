import MailMessage
import MailStore
import MailWire

/// A message made ready for one hop: what MAIL will say, and the octets as they will go.
struct Consignment {
    /// Up to here the content is read at once and sent in one piece; with BDAT, before anything is answered.
    static let largestWhole = 65_536

    var words = ClientCommands.MailWords()
    /// Without SMTPUTF8 addresses go with A-labels.
    var asciiDomains = true
    var content: MessageContent
    /// All of the content, when it is small.
    var whole: [UInt8]?
}

/// Why a message does not go to a hop, before the hop is asked.
enum ConsignmentError: Error {
    case refused(status: String, String)
    case unreadable(String)
}

/// Makes it: everything that is known without asking the hop is decided here.
struct Consigner {
    let message: OutgoingMessage
    let offer: ServerOffer
    let host: String
    /// The connection has shown that the hop is who it says.
    let isAuthenticated: Bool

    func consign() async throws(ConsignmentError) -> Consignment {
        try checkTLS()
        var consignment = Consignment(content: message.content)
        try checkSize(message.content.size)
        let scan = try await scan(&consignment)
        try await checkLetters(scan, &consignment)
        try await checkOctets(scan, &consignment)
        try await checkLines(scan, &consignment)
        try await sign(&consignment)
        try checkSize(consignment.content.size)
        if offer.offersSize { consignment.words.size = consignment.content.size }
        if offer.has(.dsn) {
            consignment.words.returnPart = message.notices.returnPart
            consignment.words.envelopeID = message.notices.envelopeID
        }
        return consignment
    }

    /// RFC 8689 §4.2.1.
    private func checkTLS() throws(ConsignmentError) {
        guard message.requiresTLS else { return }
        guard offer.has(.requireTLS), isAuthenticated else {
            let why = isAuthenticated ? "does not offer REQUIRETLS" : "has not proved who it is"
            throw .refused(status: "5.7.30", "the sender demands REQUIRETLS, and \(host) \(why)")
        }
    }

    /// RFC 1870 §6.1.
    private func checkSize(_ size: Int64) throws(ConsignmentError) {
        guard let limit = offer.size, size > limit else { return }
        throw .refused(status: "5.3.4", "the message has \(size) octets, and \(host) takes \(limit)")
    }

    /// RFC 6531 §3.4, §3.6. A message that was only declared so goes as any other.
    private func checkLetters(_ scan: ContentScan, _ consignment: inout Consignment) async throws(ConsignmentError) {
        consignment.words.requiresTLS = message.requiresTLS
        let needs =
            message.isInternational || message.sender?.hasInternationalLocal == true
            || message.recipients.contains { $0.address.hasInternationalLocal }
        guard needs else { return }
        if offer.has(.smtpUTF8) {
            consignment.words.isInternational = true
            consignment.asciiDomains = false
            return
        }
        if message.sender?.hasInternationalLocal == true {
            throw .refused(status: "5.6.7", "\(host) does not take the sender's address: it lacks SMTPUTF8")
        }
        guard message.isInternational, scan.isEightBit else { return }
        if try await hasInternationalHeaders(scan, consignment) {
            throw .refused(status: "5.6.7", "the header is internationalised, and \(host) lacks SMTPUTF8")
        }
    }

    private func hasInternationalHeaders(
        _ scan: ContentScan, _ consignment: Consignment
    ) async throws(ConsignmentError) -> Bool {
        if scan.hasInternationalHeader { return true }
        let parsed = try await parse(consignment.content)
        return parsed.parts.contains { $0.header.bytes.contains { $0 >= 0x80 } }
    }

    /// 8BITMIME (RFC 6152 §3), BINARYMIME (RFC 3030 §3), or another form of the content.
    private func checkOctets(_ scan: ContentScan, _ consignment: inout Consignment) async throws(ConsignmentError) {
        let takesBinary = offer.has(.binaryMIME) && offer.has(.chunking)
        let takesEightBit = offer.has(.eightBitMIME)
        if scan.isBinary, takesBinary {
            consignment.words.body = .binary
        } else if scan.isBinary || scan.isEightBit && !takesEightBit {
            try await recode(&consignment)
        } else if scan.isEightBit {
            consignment.words.body = .eightBit
        }
    }

    private func recode(_ consignment: inout Consignment) async throws(ConsignmentError) {
        let parsed = try await parse(consignment.content)
        do throws(SevenBitForm.Fault) {
            consignment.content = try await SevenBitForm(of: consignment.content, parsed).content()
        } catch {
            switch error {
            case .notAllowed(let why): throw .refused(status: "5.6.3", "\(host) takes ASCII alone, and \(why)")
            case .unreadable(let why): throw .unreadable(why)
            }
        }
        consignment.whole = nil
        try await readWhole(&consignment)
    }

    /// RFC 5321 §4.5.3.1.6: parts with lines that are too long are encoded, and what must not be encoded is broken as Postfix does it.
    /// What is too large for that goes as it is.
    private func checkLines(_ scan: ContentScan, _ consignment: inout Consignment) async throws(ConsignmentError) {
        guard scan.hasLongLine, consignment.words.body != .binary,
            consignment.content.size <= SevenBitForm.largestRecoded
        else { return }
        let parsed = try await parse(consignment.content)
        if let encoded = try? await SevenBitForm(of: consignment.content, parsed, aim: .shortLines).content() {
            consignment.content = encoded
        }
        var (breaker, octets) = (LineBreaker(), [UInt8]())
        octets.reserveCapacity(Int(clamping: consignment.content.size))
        try await consignment.content.forEach { breaker.consume($0, into: &octets) }
        consignment.content = MessageContent(octets)
        consignment.whole = nil
        try await readWhole(&consignment)
    }

    private func sign(_ consignment: inout Consignment) async throws(ConsignmentError) {
        guard let sign = message.sign else { return }
        let content = consignment.content
        // A task of its own prefers no event loop, which a key operation would hold up.
        let fields = await Task.detached { await sign(content) }.value
        consignment.content = consignment.content.below(fields)
        consignment.whole = consignment.whole.map { fields + $0 }
    }

    // MARK: Reading

    private func scan(_ consignment: inout Consignment) async throws(ConsignmentError) -> ContentScan {
        var scan = ContentScan()
        try await readWhole(&consignment)
        if let whole = consignment.whole {
            scan.consume(whole)
        } else {
            try await consignment.content.forEach { scan.consume($0) }
        }
        scan.finish()
        return scan
    }

    private func readWhole(_ consignment: inout Consignment) async throws(ConsignmentError) {
        guard consignment.content.size <= Consignment.largestWhole else { return }
        var whole: [UInt8] = []
        try await consignment.content.forEach { chunk in
            if whole.isEmpty { whole = chunk } else { whole += chunk }
        }
        consignment.whole = whole
    }

    private func parse(_ content: MessageContent) async throws(ConsignmentError) -> ParsedMessage {
        var parser = MessageParser()
        try await content.forEach { parser.consume($0) }
        return parser.finish()
    }
}

extension MessageContent {
    static let chunkSize = 65_536

    fileprivate func forEach(_ body: ([UInt8]) -> Void) async throws(ConsignmentError) {
        do {
            try await eachChunk(body)
        } catch {
            throw .unreadable("\(error)")
        }
    }
}

extension EmailAddress {
    /// No server without SMTPUTF8 can take it: only domains have another spelling.
    var hasInternationalLocal: Bool { local.utf8.contains { $0 >= 0x80 } }
}
