import MailMessage
import MailWire

/// UIDBATCHES (RFC 10022): where to cut the mailbox so that each piece has so many messages.
extension IMAPSession {
    /// Smaller ones would only make more commands of the same work.
    static let smallestBatch: UInt32 = 500

    func uidBatches(_ command: UIDBatchesCommand, tag: String) throws -> IMAPReply {
        let mailbox = try selected().mailbox
        guard command.size >= Self.smallestBatch else {
            throw IMAPFailure.no("A batch has \(Self.smallestBatch) messages at least", code: .tooFew)
        }

        let batches = mailbox.view.uids.batches(of: command.size, command.batches ?? 1...(.max))

        send { $0.uidBatches(tag: tag, batches) }
        return .ok("That is all")
    }
}

extension UIDRuns {
    /// The newest messages are the first batch; what is not full is the last.
    func batches(of size: UInt32, _ wanted: ClosedRange<UInt32>) -> [ClosedRange<UID>] {
        guard size > 0, wanted.lowerBound > 0 else { return [] }
        let all = UInt64(count)
        var batches: [ClosedRange<UID>] = []
        var skipped = UInt64(wanted.lowerBound - 1) * UInt64(size)
        while skipped < all, batches.count <= wanted.upperBound - wanted.lowerBound {
            let last = all - skipped
            let first = last > UInt64(size) ? last - UInt64(size) + 1 : 1
            guard let low = SequenceNumber(exactly: first).flatMap(uid(at:)),
                let high = SequenceNumber(exactly: last).flatMap(uid(at:)), low <= high
            else { break }
            batches.append(low...high)
            skipped += UInt64(size)
        }
        return batches
    }
}
