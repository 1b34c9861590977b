/// Writes BODY and BODYSTRUCTURE (RFC 9051 §7.5.2). The parts wait on a stack of steps, so depth costs no recursion.
struct BodyStructureWriter {
    private enum Step {
        case part(Int)
        case endMultipart(Part)
        case endMessage(Part)
    }

    private let message: ParsedMessage
    /// BODYSTRUCTURE has the extension data, BODY has not.
    private let isExtensible: Bool
    private var text = IMAPText()
    private var steps: [Step] = [.part(0)]

    init(_ message: ParsedMessage, extensible: Bool) {
        self.message = message
        self.isExtensible = extensible
    }

    mutating func write() -> [UInt8] {
        while let step = steps.popLast() {
            switch step {
            case .part(let index): message.part(index: index).map { begin($0) }
            case .endMultipart(let part): endMultipart(part)
            case .endMessage(let part): endMessage(part)
            }
        }
        return text.bytes
    }

    private mutating func begin(_ part: Part) {
        text.raw("(")
        switch part.kind {
        case .leaf: leaf(part)
        // body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]
        case .multipart:
            steps.append(.endMultipart(part))
            for child in part.children.reversed() { steps.append(.part(child)) }
        case .message: beginMessage(part)
        }
    }

    // body-type-text = media-text SP body-fields SP body-fld-lines ; body-type-basic = media-basic SP body-fields
    private mutating func leaf(_ part: Part) {
        fields(part)
        if part.mediaType.isText {
            text.space()
            text.number(part.bodyLines)
        }
        endSinglePart(part)
    }

    // body-type-msg = media-message SP body-fields SP envelope SP body SP body-fld-lines
    private mutating func beginMessage(_ part: Part) {
        fields(part)
        text.space()
        text.envelope(Envelope(message.embedded(in: part)?.header ?? Header([])))
        text.space()
        steps.append(.endMessage(part))
        for child in part.children.prefix(1) { steps.append(.part(child)) }
    }

    private mutating func endMessage(_ part: Part) {
        text.space()
        text.number(part.bodyLines)
        endSinglePart(part)
    }

    private mutating func endMultipart(_ part: Part) {
        text.space()
        text.keyword(part.mediaType.subtype)
        if isExtensible {
            text.space()
            parameters(part.mediaType.parameters)
            dispositionLanguageLocation(part)
        }
        text.raw(")")
    }

    // media SP body-fld-param SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets
    private mutating func fields(_ part: Part) {
        text.keyword(part.mediaType.type)
        text.space()
        text.keyword(part.mediaType.subtype)
        text.space()
        contentParameters(part.mediaType)
        text.space()
        text.nstring(part.contentID)
        text.space()
        text.nstring(part.contentDescription)
        text.space()
        text.keyword(part.transferEncoding.name)
        text.space()
        text.number(part.bodyRange.count)
    }

    /// RFC 2046 §4.1.2: plain text without a charset is US-ASCII, and says so here.
    private mutating func contentParameters(_ type: MediaType) {
        let isPlain = type.isText && type.subtype == "plain"
        guard isPlain, type.charset == nil else { return parameters(type.parameters) }
        let charset = Parameters.Entry(name: "charset", value: Array("us-ascii".utf8))
        parameters(Parameters([charset] + type.parameters.list))
    }

    // body-fld-param = "(" string SP string *(SP string SP string) ")" / nil. As written: clients know RFC 2231 names.
    private mutating func parameters(_ parameters: Parameters) {
        guard !parameters.list.isEmpty else { return text.raw("NIL") }
        text.raw("(")
        for (index, entry) in parameters.list.enumerated() {
            if index > 0 { text.space() }
            text.keyword(entry.name)
            text.space()
            text.string(entry.value)
        }
        text.raw(")")
    }

    // body-ext-1part = body-fld-md5 SP body-fld-dsp SP body-fld-lang SP body-fld-loc
    private mutating func endSinglePart(_ part: Part) {
        if isExtensible {
            text.space()
            text.nstring(part.md5)
            dispositionLanguageLocation(part)
        }
        text.raw(")")
    }

    private mutating func dispositionLanguageLocation(_ part: Part) {
        text.space()
        if let disposition = part.disposition {
            text.raw("(")
            text.keyword(disposition.value)
            text.space()
            parameters(disposition.parameters)
            text.raw(")")
        } else {
            text.raw("NIL")
        }
        text.space()
        languages(part.language)
        text.space()
        text.nstring(part.location)
    }

    // body-fld-lang = nstring / "(" string *(SP string) ")"
    private mutating func languages(_ tags: [[UInt8]]) {
        guard tags.count > 1 else { return text.nstring(tags.first) }
        text.raw("(")
        for (index, tag) in tags.enumerated() {
            if index > 0 { text.space() }
            text.string(tag)
        }
        text.raw(")")
    }
}
