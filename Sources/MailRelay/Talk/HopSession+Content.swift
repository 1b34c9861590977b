import Glibc
import MailStore
import MailTransport
import MailWire

/// The content, after the envelope.
extension HopSession {
    /// BDAT for what has no other way: binary content (RFC 3030 §3). All else goes by DATA, which is faster to Postfix, 500
    /// messages of 5 kB a second instead of 200, and no slower with 1 MB: the answer to a chunk is a segment of its own behind
    /// those to the envelope, and waits 40 ms for an acknowledgement that the next command would have carried.
    func usesChunks(_ consignment: Consignment) -> Bool { consignment.words.body == .binary }

    // MARK: DATA

    /// After the answer to DATA.
    func sendData(_ consignment: Consignment, _ transaction: inout HopTransaction) async throws(TalkError) {
        guard let answer = transaction.dataReply else { return }
        guard answer.kind == .intermediate else {
            return transaction.settle(as: HopTransaction.refusal(answer, hop.host))
        }
        guard transaction.accepted > 0 else { return try await sendNothing() }
        if let whole = consignment.whole {
            writeDotted(whole)
        } else {
            try await sendDotted(consignment.content)
        }
        awaitsVerdict = true
        try await takeVerdict(&transaction)
    }

    /// RFC 2920 §3.1: DATA went on its way with the recipients, none was taken, and the host asks for the content all the same.
    private func sendNothing() async throws(TalkError) {
        connection.write(".\r\n")
        _ = try await reply(within: settings.finalSeconds)
    }

    private func writeDotted(_ whole: [UInt8]) {
        var dots = DotWriter()
        var output: [UInt8] = []
        output.reserveCapacity(whole.count + whole.count / 64 + 8)
        dots.write(whole, into: &output)
        dots.finish(into: &output)
        connection.write(output)
    }

    private func sendDotted(_ content: MessageContent) async throws(TalkError) {
        var dots = DotWriter()
        var output: [UInt8] = []
        try await send(content) { chunk in
            output.removeAll(keepingCapacity: true)
            dots.write(chunk, into: &output)
            connection.write(output)
        }
        output.removeAll(keepingCapacity: true)
        dots.finish(into: &output)
        connection.write(output)
    }

    // MARK: BDAT

    /// The whole of a small message behind its envelope, before anything is answered.
    func writeChunk(_ consignment: Consignment) {
        guard let whole = consignment.whole else { return }
        var commands = ClientCommands()
        commands.bdat(Int64(whole.count))
        connection.write(commands.bytes)
        connection.write(whole)
        awaitsVerdict = true
    }

    func sendChunk(_ consignment: Consignment, _ transaction: inout HopTransaction) async throws(TalkError) {
        var commands = ClientCommands()
        commands.bdat(consignment.content.size)
        connection.write(commands.bytes)
        try await send(consignment.content) { connection.write($0) }
        awaitsVerdict = true
        try await takeVerdict(&transaction)
    }

    // MARK: In pieces

    /// A host that answers before the end has made up its mind: what it says is the verdict, and the rest is not sent.
    private func send(_ content: MessageContent, _ write: ([UInt8]) -> Void) async throws(TalkError) {
        let rate = Int64(max(1, settings.leastOctetsPerSecond))
        connection.setIdleTimeout(seconds: try allowed(settings.blockSeconds))
        connection.setDeadline(seconds: try allowed(settings.blockSeconds + Int(clamping: content.size / rate)))
        var offset: Int64 = 0
        while offset < content.size {
            let chunk = try await read(content, at: offset)
            offset += Int64(chunk.count)
            write(chunk)
            do {
                try await connection.drain()
            } catch {
                let isSlow = error == .timedOut || error == .tooSlow
                let seconds = settings.blockSeconds
                let isOver = isSlow && budget.wait(1) == nil
                throw await lastWords(
                    instead: isOver
                        ? .tooLong(seconds: budget.seconds)
                        : isSlow ? .stalled(seconds: seconds) : .lost(error, seconds: seconds))
            }
            if connection.hasBufferedInput { throw await lastWords(instead: .unasked) }
        }
    }

    private func read(_ content: MessageContent, at offset: Int64) async throws(TalkError) -> [UInt8] {
        do {
            return try await content.read(at: offset, count: MessageContent.chunkSize)
        } catch {
            throw .unreadable("\(error)")
        }
    }

    /// What the host said before it stopped to listen, if it did.
    private func lastWords(instead error: TalkError) async -> TalkError {
        guard connection.hasBufferedInput else { return error }
        do {
            let reply = try await reply(within: settings.quitSeconds)
            return reply.kind == .temporary || reply.kind == .permanent ? .refusedEarly(reply) : error
        } catch {
            return error
        }
    }

    // MARK: The verdict

    private func takeVerdict(_ transaction: inout HopTransaction) async throws(TalkError) {
        let verdict = try await reply(within: settings.finalSeconds)
        awaitsVerdict = false
        finish(&transaction, verdict)
    }

    /// BDAT with all of the content is answered.
    func conclude(_ transaction: inout HopTransaction) {
        awaitsVerdict = false
        guard let answer = transaction.dataReply else { return }
        finish(&transaction, answer)
    }

    private func finish(_ transaction: inout HopTransaction, _ verdict: RemoteReply) {
        guard transaction.accepted > 0 else { return }
        guard verdict.kind == .success else {
            return transaction.settle(as: HopTransaction.refusal(verdict, hop.host))
        }
        standing = .ready
        transaction.settle(
            as: .delivered(
                HopReply(verdict, of: hop.host), supportsDSN: offer.has(.dsn), tls: tls?.description ?? ""))
    }
}
