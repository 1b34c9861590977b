/// Content-Type (RFC 2045 §5).
package struct MediaType: Sendable {
    /// In lower case.
    package let type: String
    package let subtype: String
    package let parameters: Parameters

    /// What a missing or broken field means (RFC 2045 §5.2).
    package static let plainText = MediaType(type: "text", subtype: "plain", parameters: Parameters())
    static let message = MediaType(type: "message", subtype: "rfc822", parameters: Parameters())
    static let octetStream = MediaType(type: "application", subtype: "octet-stream", parameters: Parameters())

    init(type: String, subtype: String, parameters: Parameters) {
        (self.type, self.subtype, self.parameters) = (type, subtype, parameters)
    }

    // content := "Content-Type" ":" type "/" subtype *(";" parameter)
    init(_ field: HeaderField?, default standard: MediaType) {
        guard let field else {
            self = standard
            return
        }
        var scanner = ParameterScanner(field.rawValue)
        guard let type = scanner.token(), scanner.skip(UInt8(ascii: "/")), let subtype = scanner.token() else {
            self = .plainText
            return
        }
        self.init(type: type, subtype: subtype, parameters: scanner.parameters())
    }

    package var isText: Bool { type == "text" }
    package var isMultipart: Bool { type == "multipart" }
    /// An embedded message with a header of its own (RFC 2046 §5.2.1, RFC 6532 §3.7).
    package var isMessage: Bool { type == "message" && (subtype == "rfc822" || subtype == "global") }
    package var charset: String? { parameters.decoded("charset") }
    var isDigest: Bool { isMultipart && subtype == "digest" }
    var isSignature: Bool { subtype.hasSuffix("-signature") }

    var boundary: [UInt8]? {
        guard var boundary = parameters["boundary"] ?? parameters.decoded("boundary").map({ Array($0.utf8) }) else {
            return nil
        }
        while let last = boundary.last, ByteClass.isSpace(last) { boundary.removeLast() }
        return (1...MessageLimits.boundaryLength).contains(boundary.count) ? boundary : nil
    }
}

/// Content-Disposition (RFC 2183).
package struct Disposition: Sendable {
    /// `inline`, `attachment` or something newer, in lower case.
    package let value: String
    package let parameters: Parameters

    init?(_ field: HeaderField) {
        var scanner = ParameterScanner(field.rawValue)
        guard let value = scanner.token() else { return nil }
        (self.value, self.parameters) = (value, scanner.parameters())
    }
}
