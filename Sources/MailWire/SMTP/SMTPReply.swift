/// A status code of RFC 3463, such as `5.1.1`; the class is the reply code's first digit.
package struct EnhancedCode: Hashable, Sendable, CustomStringConvertible {
    package let subject: Int
    package let detail: Int

    package init(_ subject: Int, _ detail: Int) {
        self.subject = subject
        self.detail = detail
    }

    package var description: String { "\(subject).\(detail)" }
}

/// One reply: a code, its enhanced code where there is one (RFC 2034 §4: on every line), and one or more lines.
package struct SMTPReply: Hashable, Sendable {
    package let code: Int
    package let enhanced: EnhancedCode?
    package let lines: [String]

    package init(_ code: Int, _ enhanced: EnhancedCode? = nil, _ lines: [String]) {
        self.code = code
        self.enhanced = enhanced
        self.lines = lines
    }

    package init(_ code: Int, _ subject: Int, _ detail: Int, _ text: String) {
        self.init(code, EnhancedCode(subject, detail), [text])
    }

    package enum Permanence: Hashable, Sendable { case success, temporary, permanent }

    package var permanence: Permanence {
        switch code / 100 {
        case 4: .temporary
        case 5: .permanent
        default: .success
        }
    }

    /// The bytes on the wire, CRLF included: `250-first`, `250 last` (RFC 5321 §4.2.1).
    package func write(into output: inout [UInt8]) {
        let status = enhanced.map { "\(code / 100).\($0) " } ?? ""
        for (index, line) in lines.enumerated() {
            output.append(contentsOf: "\(code)\(index == lines.count - 1 ? " " : "-")\(status)".utf8)
            output.append(contentsOf: line.utf8.map { $0 < 0x20 || $0 == 0x7f ? 0x3f : $0 })
            output.append(0x0d)
            output.append(0x0a)
        }
    }

    package var bytes: [UInt8] {
        var output: [UInt8] = []
        write(into: &output)
        return output
    }
}
