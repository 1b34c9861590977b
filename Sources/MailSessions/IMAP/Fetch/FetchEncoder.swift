import MailMessage
import MailStore
import MailWire

/// Writes FETCH responses (RFC 9051 §7.5.2).
struct FetchEncoder: Sendable {
    let plan: FetchPlan
    let names: FlagNames
    let encoding: MailboxEncoding
    /// A part's transfer encoding could not be undone: the tagged reply says so.
    private(set) var metUnknownEncoding = false

    init(plan: FetchPlan, names: FlagNames, encoding: MailboxEncoding) {
        self.plan = plan
        self.names = names
        self.encoding = encoding
    }

    /// `source` is nil when no item needs the body; `facts` where the message does not bring its own.
    mutating func encode(
        _ message: FetchedMessage, _ source: MessageSource?, _ file: OpenFile? = nil, facts: LentFacts? = nil,
        to output: inout FetchOutput
    ) throws {
        output.writer.beginFetch(message.number, message.row.uid)
        for item in plan.items {
            switch item {
            case .uid: output.writer.fetchUID(message.row.uid)
            case .flags: encodeFlags(of: message, to: &output)
            case .internalDate: output.writer.fetchInternalDate(message.row.receivedAt)
            case .saveDate: output.writer.fetchSaveDate(message.row.savedAt)
            case .size: output.writer.fetchSize(message.row.size)
            case .modSeq: output.writer.fetchModSeq(message.row.modseq)
            case .preview: output.writer.fetchPreview(message.preview)
            case .emailID: output.writer.fetchEmailID(message.emailID)
            case .threadID: output.writer.fetchThreadID(message.threadID)
            case .envelope:
                if let facts {
                    output.writer.fetchEnvelope(facts.envelope)
                } else {
                    encodeEnvelope(message, to: &output)
                }
            case .bodyStructure:
                if let facts {
                    output.writer.fetchBodyStructure(facts.bodyStructure)
                } else {
                    encodeStructure(message, to: &output)
                }
            default:
                if let source { try encode(item, of: source, file, to: &output) }
            }
        }
        if message.flagsChanged { encodeUnasked(message, to: &output) }
        output.writer.endFetch()
    }

    private func encodeUnasked(_ message: FetchedMessage, to output: inout FetchOutput) {
        for item in plan.unaskedItems {
            switch item {
            case .uid: output.writer.fetchUID(message.row.uid)
            case .modSeq: output.writer.fetchModSeq(message.row.modseq)
            default: encodeFlags(of: message, to: &output)
            }
        }
    }

    private func encodeEnvelope(_ message: FetchedMessage, to output: inout FetchOutput) {
        message.envelope.withUnsafeBytes { output.writer.fetchEnvelope($0) }
    }

    private func encodeStructure(_ message: FetchedMessage, to output: inout FetchOutput) {
        message.bodyStructure.withUnsafeBytes { output.writer.fetchBodyStructure($0) }
    }

    private func encodeFlags(of message: FetchedMessage, to output: inout FetchOutput) {
        output.writer.fetchFlags(message.row.flags, names, isRecent: message.isRecent)
    }

    private mutating func encode(
        _ item: FetchItem, of source: MessageSource, _ file: OpenFile?, to output: inout FetchOutput
    ) throws {
        switch item {
        case .body: try source.parsed().bodyText.withUnsafeBytes { output.writer.fetchBody($0) }
        case .binarySize(let path): try encodeSize(of: path, source, to: &output)
        case .binary(let section): try encodeBinary(item, section, source, file, to: &output)
        default:
            guard let section = item.asSection else { return }
            output.writer.fetchName(item)
            try write(try SectionReader.content(of: section, in: source), of: source, file, to: &output)
        }
    }

    private mutating func encodeSize(of path: [Int], _ source: MessageSource, to output: inout FetchOutput) throws {
        do {
            output.writer.fetchBinarySize(path, try SectionReader.decoded(path, in: source)?.count ?? 0)
        } catch is SectionReader.UnknownEncoding {
            metUnknownEncoding = true
            output.writer.fetchBinarySize(path, 0)
        }
    }

    private mutating func encodeBinary(
        _ item: FetchItem, _ section: BinarySection, _ source: MessageSource, _ file: OpenFile?,
        to output: inout FetchOutput
    ) throws {
        output.writer.fetchName(item)
        do {
            let content = try SectionReader.decoded(section.path, in: source)?.cut(section.partial)
            guard case .made(let bytes)? = content, bytes.contains(0) else {
                return try write(content, of: source, file, to: &output)
            }
            output.writer.literal8Header(size: bytes.count)
            output.writer.raw(bytes)
        } catch is SectionReader.UnknownEncoding {
            metUnknownEncoding = true
            output.writer.nilAtom()
        }
    }

    /// A literal; from a file its bytes are not read here but go out as they are.
    private func write(
        _ content: SectionReader.Content?, of source: MessageSource, _ file: OpenFile?, to output: inout FetchOutput
    ) throws {
        guard let content else { return output.writer.nilAtom() }
        output.writer.literalHeader(size: content.count)
        switch content {
        case .made(let bytes): output.writer.raw(bytes)
        case .stretch(let range):
            if let file { output.append(.file(file, range)) } else { output.writer.raw(try source.bytes(range)) }
        }
    }
}

extension FetchItem {
    /// RFC822 and its kind are older names of sections.
    var asSection: BodySection? {
        switch self {
        case .section(let section): section
        case .rfc822: BodySection()
        case .rfc822Header: BodySection(content: .header, peek: true)
        case .rfc822Text: BodySection(content: .text)
        default: nil
        }
    }
}
