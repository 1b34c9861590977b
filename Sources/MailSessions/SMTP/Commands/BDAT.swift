import MailTransport
import MailWire

extension SMTPSession {
    /// RFC 3030 §2. The octets follow at once, so they are read even when the command is refused.
    func bdat(size: Int64, isLast: Bool) async throws -> SMTPReply {
        guard size <= largestDrain else { throw SMTPLastWords(.tooMuchData) }
        guard let refusal = bdatRefusal else { return try await takeChunk(size: size, isLast: isLast) }
        try await readChunk(size, into: nil)
        throw refusal
    }

    /// Beyond this nothing is read to its end any more.
    private var largestDrain: Int64 {
        let (product, overflow) = services.settings.messageLimit.multipliedReportingOverflow(by: policy.drainFactor)
        return overflow ? .max : product
    }

    private var bdatRefusal: SMTPError? {
        guard let transaction = state.transaction else { return state.greeting == nil ? .greetingFirst : .mailFirst }
        guard transaction.hasRecipients else { return .noRecipients }
        return diskRefusal
    }

    private func takeChunk(size: Int64, isLast: Bool) async throws -> SMTPReply {
        guard let transaction = state.transaction else { throw SMTPError.mailFirst }
        let body: SMTPBody
        if let begun = transaction.body { body = begun } else { body = await makeBody(transaction) }
        state.transaction?.body = body
        try await readChunk(size, into: body)
        if isLast { body.finishLines() }
        guard isLast || body.failure != nil else { return .octets(size) }
        // §2: after a failure the rest of the message is refused until MAIL or RSET.
        state.transaction = nil
        return try await deliver(body, transaction)
    }

    private func readChunk(_ size: Int64, into body: SMTPBody?) async throws {
        connection.setPace(services.settings.limits.pace)
        defer { connection.setPace(nil) }
        var remaining = size
        while remaining > 0 {
            let most = Int(clamping: min(remaining, Int64(SMTPBody.chunkSize)))
            guard let chunk = try await connection.readChunk(max: most) else { throw ConnectionError.closed }
            remaining -= Int64(chunk.count)
            await body?.appendChecked(chunk)
        }
    }
}
