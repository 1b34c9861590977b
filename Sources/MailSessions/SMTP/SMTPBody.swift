import MailStore
import MailWire

/// The message on its way into the spool: constant memory whatever its size. The first failure stays; after it nothing is kept.
///
/// Belongs to one session and never leaves its event loop.
final class SMTPBody {
    static let chunkSize = 65_536
    /// A submitted message's header is held back so long, to add what is missing (RFC 6409 §8).
    static let heldHeader = 1_048_576

    /// What Received, the 250 and the log call the message.
    let id: String
    private(set) var failure: SMTPError?
    /// Without angle brackets; empty when there is none.
    private(set) var messageID = ""
    /// The header says that TLS is not what matters (RFC 8689 §3).
    var wantsNoTLS: Bool { scan.wantsNoTLS }
    /// It bears results of judgements, which may claim to be ours.
    var hasResults: Bool { scan.hasResults }
    /// Octets of the client's message, without our trace header.
    private(set) var size: Int64 = 0
    /// Octets of our own on top.
    private(set) var traceSize = 0

    private let spool: MessageSpool
    private let limit: Int64
    private let hopLimit: Int
    private let drainFactor: Int64
    private var read: Int64 = 0
    private var scan = HeaderScan()
    private var lineEndings: LineEndingCheck?
    /// Nil once the header is through.
    private var held: [UInt8]?
    private let rules: SubmissionRules?

    /// `rules`: what becomes of the header of a message that begins here; nil for mail from elsewhere, which is not touched.
    init(
        id: String, spool: MessageSpool, limit: Int64, policy: SMTPPolicy, refusesBareLineEndings: Bool,
        rules: SubmissionRules?
    ) {
        self.id = id
        self.spool = spool
        self.limit = limit
        self.rules = rules
        hopLimit = policy.hopLimit
        drainFactor = policy.drainFactor
        lineEndings = refusesBareLineEndings ? LineEndingCheck() : nil
        held = rules == nil ? nil : []
    }

    func fail(_ error: SMTPError) {
        failure = failure ?? error
        held = nil
    }

    /// Our own header fields: not counted, not checked.
    func prepend(_ trace: [UInt8]) async {
        traceSize += trace.count
        await store(trace)
    }

    /// BDAT's octets, whose line ends nobody has looked at yet.
    func appendChecked(_ bytes: [UInt8]) async {
        bytes.withUnsafeBytes { lineEndings?.consume($0) }
        if lineEndings?.fault != nil { fail(.bareLineEndings) }
        await append(bytes)
    }

    /// The end of BDAT's octets.
    func finishLines() {
        lineEndings?.finish()
        if lineEndings?.fault != nil { fail(.bareLineEndings) }
    }

    func append(_ bytes: [UInt8]) async {
        guard failure == nil, !bytes.isEmpty else { return }
        size += Int64(bytes.count)
        guard size <= limit else { return fail(.messageTooLarge) }
        if !scan.isOver { bytes.withUnsafeBytes { scan.consume($0) } }
        guard scan.hops <= hopLimit else { return fail(.tooManyHops) }
        await passHeader(bytes)
    }

    /// False when so much was read that the connection had better close.
    func noteRead(_ count: Int) -> Bool {
        read += Int64(count)
        return read / drainFactor <= limit
    }

    /// `isFinal`: nobody will change it any more.
    func finish(isFinal: Bool) async throws(SMTPError) -> StorableMessage {
        await release()
        if rules == nil { messageID = scan.messageID ?? "" }
        if let failure {
            spool.discard()
            throw failure
        }
        do {
            return try await spool.finish(isFinal: isFinal)
        } catch {
            throw SMTPError(error)
        }
    }

    private func passHeader(_ bytes: [UInt8]) async {
        guard held != nil else { return await store(bytes) }
        held?.append(contentsOf: bytes)
        if scan.isOver {
            await release()
        } else if (held?.count ?? 0) > Self.heldHeader {
            // What nobody has read to its end could name anybody as its author.
            fail(.headerTooLarge)
        }
    }

    private func release() async {
        guard let held, let rules else { return }
        self.held = nil
        switch await rules.fields(for: held, scan) {
        case .success(let fields): await store(fields)
        case .failure(let error): return fail(error)
        }
        messageID = scan.messageID ?? "\(rules.id)@\(rules.host)"
        await store(held)
    }

    private func store(_ bytes: [UInt8]) async {
        guard failure == nil, !bytes.isEmpty else { return }
        do {
            try await spool.append(bytes)
        } catch {
            fail(SMTPError(error))
        }
    }
}
