import MailMessage
import MailStore
import MailTransport
import MailWire

extension HopSession {
    /// Commands on their way at once: their replies fit into any buffers, so neither side waits for the other to read
    /// (RFC 2920 §3.1).
    static let mostPipelined = 100

    /// One transaction; a result for each recipient, in order. Nothing is thrown: whatever happens is a result. One at a time.
    ///
    /// All of it prefers the connection's event loop: a task without that preference is woken on Swift's own threads and goes
    /// to the loop from there, twice the changes of threads for each reply.
    ///
    /// `seconds`: all that there is time for; nil: what its size is worth.
    package nonisolated func send(_ message: OutgoingMessage, within seconds: Int? = nil) async -> [HopResult] {
        await connection.run { _ in await self.sendHere(message, seconds) }
    }

    private func sendHere(_ message: OutgoingMessage, _ seconds: Int?) async -> [HopResult] {
        budget = TalkBudget(seconds: seconds ?? settings.longestTalk(of: message.content.size))
        let count = message.recipients.count
        guard isReusable else {
            standing = .over
            connection.close()
            let reply = HopReply(status: "4.4.2", text: "\(hop.host) had closed the connection")
            return Array(repeating: .postponed(reply), count: count)
        }
        do {
            return await transmit(message, try await consigner(of: message).consign())
        } catch {
            return Array(repeating: error.result, count: count)
        }
    }

    private func consigner(of message: OutgoingMessage) -> Consigner {
        Consigner(
            message: message, offer: offer, host: hop.host, isAuthenticated: tls?.isAuthenticated ?? false)
    }

    private func transmit(_ message: OutgoingMessage, _ consignment: Consignment) async -> [HopResult] {
        var transaction = HopTransaction(recipients: message.recipients.count, host: hop.host)
        excuse(message, consignment, &transaction)
        guard !transaction.isHopeless else { return transaction.results }
        transactions += 1
        awaitsVerdict = false
        do {
            try await converse(message, consignment, &transaction)
        } catch {
            settle(&transaction, after: error)
        }
        connection.setDeadline(seconds: nil)
        return transaction.results
    }

    /// Whom this transaction has no room for, and who has no address that the hop could read.
    private func excuse(_ message: OutgoingMessage, _ consignment: Consignment, _ transaction: inout HopTransaction) {
        var room = RecipientRoom(offer)
        for (index, recipient) in message.recipients.enumerated() {
            if recipient.address.hasInternationalLocal, !consignment.words.isInternational {
                let text = "\(hop.host) does not take such an address: it lacks SMTPUTF8"
                transaction.decide(index, .failed(HopReply(status: "5.6.7", text: text)))
            } else if !room.take(recipient.address) {
                let text = "\(hop.host) takes no more recipients at once"
                transaction.decide(index, .postponed(HopReply(status: "4.5.3", text: text)))
            }
        }
    }

    /// The connection is of no more use; who is undecided learns why.
    private func settle(_ transaction: inout HopTransaction, after error: TalkError) {
        if case .refusedEarly(let reply) = error {
            transaction.settle(as: HopTransaction.refusal(reply, hop.host))
        }
        var reply = error.reply(of: hop.host)
        reply.mayHaveArrived = awaitsVerdict && error.leavesDoubt
        // A connection that was kept open had been closed when it was used again: the host has decided nothing.
        let wasClosed = transactions > 1 && !transaction.wasAnswered && error.meansClosed
        transaction.settle(as: wasClosed ? .postponed(reply.forNow) : .deferred(reply.forNow))
        standing = .over
        if case .closing = error { connection.close() } else { connection.abort() }
    }

    // MARK: The conversation

    private func converse(
        _ message: OutgoingMessage, _ consignment: Consignment, _ transaction: inout HopTransaction
    ) async throws(TalkError) {
        let usesChunks = usesChunks(consignment)
        let sendsAtOnce = usesChunks && consignment.whole != nil && offer.has(.pipelining)
        let asksFirst = usesChunks && !sendsAtOnce
        try await introduce(message, consignment, &transaction)
        guard !transaction.isHopeless else { return }
        if asksFirst {
            try await collect(&transaction)
            guard transaction.accepted > 0 else { return }
            try await sendChunk(consignment, &transaction)
        } else {
            sendsAtOnce ? writeChunk(consignment) : connection.write("DATA\r\n")
            transaction.sent(.data)
            try await collect(&transaction, last: sendsAtOnce ? settings.finalSeconds : settings.dataSeconds)
            sendsAtOnce ? conclude(&transaction) : try await sendData(consignment, &transaction)
        }
    }

    /// RSET, MAIL and RCPT: all at once where the hop lets us, but never more than `mostPipelined`.
    private func introduce(
        _ message: OutgoingMessage, _ consignment: Consignment, _ transaction: inout HopTransaction
    ) async throws(TalkError) {
        var commands = ClientCommands()
        if standing == .unfinished {
            commands.line("RSET")
            transaction.sent(.reset)
            // RFC 2920 §3.1: who does not offer it gets one command at a time.
            if !offer.has(.pipelining) {
                connection.write(commands.takeBytes())
                try await collect(&transaction)
            }
        }
        standing = .unfinished
        commands.mail(from: message.sender, asciiDomain: consignment.asciiDomains, consignment.words)
        transaction.sent(.mail)
        let most = offer.has(.pipelining) ? Self.mostPipelined : 1
        for (index, recipient) in message.recipients.enumerated() where transaction.isUndecided(index) {
            if transaction.waiting >= most {
                connection.write(commands.takeBytes())
                try await collect(&transaction)
                guard !transaction.isRefused else { return }
            }
            let notice = offer.has(.dsn) ? recipient.notice : .none
            commands.rcpt(
                to: recipient.address, asciiDomain: consignment.asciiDomains, notify: notice.notify,
                original: notice.original)
            transaction.sent(.recipient(index))
        }
        connection.write(commands.takeBytes())
        if most == 1 { try await collect(&transaction) }
    }

    /// Replies to all that has been asked; the last may take its own time.
    private func collect(_ transaction: inout HopTransaction, last: Int? = nil) async throws(TalkError) {
        while transaction.waiting > 0 {
            let seconds = transaction.waiting == 1 ? last ?? settings.replySeconds : settings.replySeconds
            transaction.take(try await reply(within: seconds))
        }
    }
}

extension ClientCommands {
    fileprivate mutating func takeBytes() -> [UInt8] {
        defer { self = ClientCommands() }
        return bytes
    }
}

extension ConsignmentError {
    fileprivate var result: HopResult {
        switch self {
        case .refused(let status, let text): .failed(HopReply(status: status, text: text))
        case .unreadable(let why): .deferred(HopReply(status: "4.3.0", text: "the message could not be read: \(why)"))
        }
    }
}

extension TalkError {
    fileprivate var meansClosed: Bool {
        switch self {
        case .hungUp, .closing, .lost(.reset, _), .lost(.closed, _): true
        default: false
        }
    }

    /// Whether a message that was sent to its end may be there in spite of it.
    fileprivate var leavesDoubt: Bool {
        switch self {
        case .closing, .unreadable, .refusedEarly, .stalled: false
        case .hungUp, .lost, .nonsense, .unasked, .tooLong, .tooMuch: true
        }
    }
}
