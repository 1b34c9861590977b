import MailTransport
import MailWire

extension SMTPSession {
    /// RFC 5321 §4.1.1.4
    func data() async throws -> SMTPReply {
        guard let transaction = state.transaction else { throw SMTPError.mailFirst }
        guard transaction.body == nil else { throw SMTPError.chunkingBegun }
        guard transaction.hasRecipients else { throw SMTPError.noRecipients }
        // RFC 3030 §3
        guard transaction.parameters.body != .binary else { throw SMTPError.binaryNeedsChunking }
        if let diskRefusal { throw diskRefusal }
        send(.startData)
        let body = await makeBody(transaction)
        state.transaction = nil
        try await readDotted(into: body)
        return try await deliver(body, transaction)
    }

    /// To the true end, whatever else is wrong: a refusal in the middle would leave the rest to be read as commands.
    private func readDotted(into body: SMTPBody) async throws {
        connection.setPace(services.settings.limits.pace)
        defer { connection.setPace(nil) }
        var reader = DotReader()
        var output: [UInt8] = []
        while true {
            let chunk = try await readChunk(after: reader.fault, body)
            output.removeAll(keepingCapacity: true)
            let step = reader.consume(chunk, into: &output)
            if step.consumed < chunk.count { connection.putBack(chunk[step.consumed...]) }
            try await take(output, of: step.consumed, reader.fault, into: body)
            if step.isEnd { break }
        }
        connection.setIdleTimeout(seconds: policy.idleSeconds)
    }

    private func take(_ output: [UInt8], of read: Int, _ fault: DotReader.Fault?, into body: SMTPBody) async throws {
        await body.append(output)
        guard let fault else { return try checkDrain(body, read) }
        if body.failure != .bareLineEndings {
            log("bare_line_ending", [("kind", fault == .bareLineFeed ? "LF" : "CR")])
            connection.setIdleTimeout(seconds: policy.faultSeconds)
        }
        body.fail(.bareLineEndings)
        try checkDrain(body, read)
    }

    /// A client that believes its bare line end was the end waits for a reply: it gets one, and the connection closes.
    private func readChunk(after fault: DotReader.Fault?, _ body: SMTPBody) async throws -> [UInt8] {
        do {
            guard let chunk = try await connection.readChunk(max: SMTPBody.chunkSize) else {
                throw ConnectionError.closed
            }
            return chunk
        } catch ConnectionError.timedOut where fault != nil {
            throw SMTPLastWords(SMTPError.bareLineEndings.reply)
        }
    }

    private func checkDrain(_ body: SMTPBody, _ read: Int) throws(SMTPLastWords) {
        guard !body.noteRead(read) else { return }
        throw SMTPLastWords(.tooMuchData)
    }
}
