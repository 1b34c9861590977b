internal import MailMessage

/// A message as signatures see it: the header kept, the body hashed on the way as the signatures in the header want it.
package struct SignedMessage: Sendable {
    struct BodyForm: Hashable, Sendable {
        let canonicalization: Canonicalization
        let limit: Int?
    }

    private var intake = MessageIntake()
    private var running: [(form: BodyForm, hash: BodyHash)] = []
    private var digests: [BodyForm: (digest: [UInt8], length: Int)] = [:]
    /// Once the header is complete.
    package private(set) var header: SignedHeader?
    /// The topmost ones, each with its own field.
    private(set) var signatures: [(raw: ArraySlice<UInt8>, parsed: Result<DKIMSignature, CheckFault>, tags: TagList?)] =
        []
    private(set) var chain = ARCChain(sets: [], fault: nil)

    package init() {}

    package mutating func consume(_ bytes: UnsafeRawBufferPointer) {
        let body = intake.take(bytes)
        if intake.isHeaderComplete { startBody() }
        guard let body else { return }
        for index in running.indices { running[index].hash.consume(body) }
    }

    package mutating func consume(_ bytes: [UInt8]) { bytes.withUnsafeBytes { consume($0) } }

    /// The message is over.
    package mutating func finish() {
        intake.finish()
        startBody()
        for index in running.indices { digests[running[index].form] = running[index].hash.finish() }
        running = []
    }

    /// The whole header belongs to it, and nothing that others might take for a part of the body.
    var isSound: Bool { header?.isWhole == true && !intake.isTooLong }

    func body(_ form: BodyForm) -> (digest: [UInt8], length: Int)? { digests[form] }

    private mutating func startBody() {
        guard header == nil else { return }
        let header = SignedHeader(intake.header)
        self.header = header
        signatures = header.fields(DKIMSignature.fieldName).prefix(DKIMVerifier.mostSignatures).map { field in
            let tags = TagList(field.rawValue)
            return (field.raw, Self.parse(tags), tags)
        }
        chain = ARCChain(header)
        for case .success(let signature) in signatures.map(\.parsed) { hash(signature.tags) }
        if let latest = chain.sets.last { hash(latest.message) }
    }

    private static func parse(_ tags: TagList?) -> Result<DKIMSignature, CheckFault> {
        guard let tags else { return .failure(.syntax("the field makes no sense")) }
        do throws(CheckFault) { return .success(try DKIMSignature(tags)) } catch { return .failure(error) }
    }

    private mutating func hash(_ tags: SignatureTags) {
        let form = BodyForm(tags)
        guard !running.contains(where: { $0.form == form }) else { return }
        running.append((form, BodyHash(form.canonicalization, limit: form.limit)))
    }
}

extension SignedMessage.BodyForm {
    init(_ tags: SignatureTags) { self.init(canonicalization: tags.bodyForm, limit: tags.bodyLength) }
}
