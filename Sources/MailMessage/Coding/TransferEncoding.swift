/// Content-Transfer-Encoding (RFC 2045 §6).
package enum TransferEncoding: Sendable, Equatable {
    case sevenBit, eightBit, binary, base64, quotedPrintable
    /// An unknown one is shown but not decoded (RFC 2045 §6.4).
    case other(String)

    init(_ field: HeaderField?) {
        guard let field else {
            self = .sevenBit
            return
        }
        var scanner = ParameterScanner(field.rawValue)
        let name = scanner.token() ?? ""
        self =
            switch name {
            case "", "7bit", "7-bit": .sevenBit
            case "8bit", "8-bit": .eightBit
            case "binary": .binary
            case "base64": .base64
            case "quoted-printable": .quotedPrintable
            default: .other(name)
            }
    }

    /// In capitals, as BODYSTRUCTURE shows it.
    package var name: String {
        switch self {
        case .sevenBit: "7BIT"
        case .eightBit: "8BIT"
        case .binary: "BINARY"
        case .base64: "BASE64"
        case .quotedPrintable: "QUOTED-PRINTABLE"
        case .other(let name): name.uppercased()
        }
    }
}
