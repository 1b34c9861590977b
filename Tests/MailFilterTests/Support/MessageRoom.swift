import Foundation
import MailStore

@testable import MailFilter

/// A store to spool messages in.
final class MessageRoom: Sendable {
    static let trace = "Return-Path: <a@example.net>\r\nReceived: from x by y\r\n"
    static let text = "From: a@example.net\r\nSubject: a\r\n\tlong one\r\n\r\nFirst\r\nSecond\r\n"

    let store: MailStore
    private let folder = NSTemporaryDirectory() + "filter-\(UUID().uuidString)"

    init() throws {
        try MailStore.create(at: folder, isTestStore: true)
        store = try MailStore(at: folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func message(_ text: String = MessageRoom.text) async throws -> StorableMessage {
        let spool = store.makeSpool()
        try await spool.append(Array((Self.trace + text).utf8))
        return try await spool.finish(isFinal: false)
    }

    func draft(_ text: String = MessageRoom.text) async throws -> MessageDraft {
        try await MessageDraft(of: message(text), traceSize: Self.trace.utf8.count, in: store)
    }

    func text(of message: StorableMessage) async throws -> String {
        let reader = try await store.open(message.body)
        return String(decoding: try await reader.read(at: 0, count: Int(message.size)), as: UTF8.self)
    }
}
