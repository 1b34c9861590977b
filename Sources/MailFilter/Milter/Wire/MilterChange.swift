/// What a filter wants changed when it has seen the whole message.
package enum MilterChange: Sendable, Equatable {
    case addHeader(name: [UInt8], value: [UInt8])
    /// So many fields stay above it.
    case insertHeader(at: UInt32, name: [UInt8], value: [UInt8])
    /// The nth of this name, from 1; without a value it goes away.
    case changeHeader(nth: UInt32, name: [UInt8], value: [UInt8])
    case addRecipient(String, parameters: String)
    case deleteRecipient(String)
    case changeSender(String, parameters: String)
    /// The next piece of a new body.
    case replaceBody([UInt8])
    case quarantine(reason: String)

    init?(_ packet: MilterPacket) {
        var reader = MilterReader(packet.data)
        switch packet.letter {
        case UInt8(ascii: "h"):
            guard let (name, value) = reader.field() else { return nil }
            self = .addHeader(name: name, value: value)
        case UInt8(ascii: "i"):
            guard let place = reader.number(), let (name, value) = reader.field() else { return nil }
            self = .insertHeader(at: place, name: name, value: value)
        case UInt8(ascii: "m"):
            guard let nth = reader.number(), let (name, value) = reader.field() else { return nil }
            self = .changeHeader(nth: nth, name: name, value: value)
        case UInt8(ascii: "+"), UInt8(ascii: "2"):
            guard let (address, parameters) = reader.address() else { return nil }
            self = .addRecipient(address, parameters: parameters)
        case UInt8(ascii: "-"):
            guard let (address, _) = reader.address() else { return nil }
            self = .deleteRecipient(address)
        case UInt8(ascii: "e"):
            guard let (address, parameters) = reader.address() else { return nil }
            self = .changeSender(address, parameters: parameters)
        case UInt8(ascii: "b"): self = .replaceBody(packet.data)
        case UInt8(ascii: "q"): self = .quarantine(reason: reader.text() ?? "")
        default: return nil
        }
    }

    /// One of these must have been agreed on before it may be asked for.
    var actions: MilterActions {
        switch self {
        case .addHeader, .insertHeader: .addHeaders
        case .changeHeader: .changeHeaders
        case .addRecipient: [.addRecipients, .addRecipientsWithParameters]
        case .deleteRecipient: .deleteRecipients
        case .changeSender: .changeSender
        case .replaceBody: .changeBody
        case .quarantine: .quarantine
        }
    }
}

extension MilterReader {
    fileprivate mutating func field() -> ([UInt8], [UInt8])? {
        guard let name = string(), !name.isEmpty else { return nil }
        return (name, lastString() ?? [])
    }

    fileprivate mutating func text() -> String? { lastString().map { String(decoding: $0, as: UTF8.self) } }

    fileprivate mutating func address() -> (String, String)? {
        guard let address = text() else { return nil }
        return (address, text() ?? "")
    }
}
