import Foundation
import MailCrypto
import Testing

@testable import MailDomainAuth

/// A store's folder for one test.
final class KeyStore {
    let path = FileManager.default.temporaryDirectory.appending(path: "dkim-\(UUID().uuidString)").path
    var folder: DKIMKeyFolder { DKIMKeyFolder(store: path) }

    init() throws {
        try FileManager.default.createDirectory(atPath: path + "/keys", withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func add(_ selector: String, _ state: DKIMKeyEntry.State, to domain: String, _ kind: KeyKind = .ed25519) throws {
        let key = try SigningKey.generate(kind)
        let entry = DKIMKeyEntry(
            selector: selector, kind: kind, state: state, createdAt: 10, changedAt: 20,
            record: "v=DKIM1; k=\(kind); p=AA==")
        try folder.add(entry, key, to: domain)
    }

    func mode(_ name: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: path + name)[.posixPermissions] as? Int ?? 0
    }
}

@Suite struct DKIMKeyTests {
    @Test func whatIsKeptIsFoundAgain() throws {
        let store = try KeyStore()
        #expect(try store.folder.entries(of: "example.org").isEmpty && store.folder.domains().isEmpty)
        try store.add("a1", .pending, to: "example.org")
        try store.add("b2", .active, to: "example.org", .rsa)
        let entries = try DKIMKeyFolder(store: store.path).entries(of: "example.org")
        #expect(entries.map(\.selector) == ["a1", "b2"] && entries.map(\.state) == [.pending, .active])
        #expect(entries.map(\.record) == ["v=DKIM1; k=ed25519; p=AA==", "v=DKIM1; k=rsa; p=AA=="])
        #expect(try store.folder.key("b2", of: "example.org").kind == .rsa)
        #expect(store.folder.domains() == ["example.org"])
        #expect(try store.mode("/keys/dkim/example.org") == 0o700)
        #expect(try store.mode("/keys/dkim/example.org/a1.pem") == 0o600)
        #expect(
            try Set(FileManager.default.contentsOfDirectory(atPath: store.path + "/keys/dkim/example.org"))
                == ["keys", "a1.pem", "b2.pem"])
    }

    @Test(arguments: [
        "", "posthus-dkim 2\n", "posthus-dkim 1\na rsa active 1 2", "posthus-dkim 1\na rsa on 1 2 v=DKIM1",
        "posthus-dkim 1\na dsa active 1 2 v=DKIM1", "posthus-dkim 1\n../a rsa active 1 2 v=DKIM1",
        "posthus-dkim 1\na.b rsa active 1 2 v=DKIM1", "posthus-dkim 1\na rsa active x 2 v=DKIM1",
    ])
    func spoiltTablesAreSeen(text: String) throws {
        #expect(DKIMKeyTable.parse(text) == nil)
        let store = try KeyStore()
        try store.add("a1", .active, to: "example.org")
        try Data(text.utf8).write(to: URL(filePath: store.path + "/keys/dkim/example.org/keys"))
        #expect(throws: DKIMKeyFolder.Fault.self) { try store.folder.entries(of: "example.org") }
        #expect(DKIMKeyring(store: store.path).keys(for: "example.org").isEmpty)
    }

    @Test(arguments: ["../etc", "", ".", "..", "a/b", "-x", "Å", "A.example"])
    func noDomainIsAnotherFolder(domain: String) throws {
        let store = try KeyStore()
        #expect(try store.folder.entries(of: domain).isEmpty)
        #expect(DKIMKeyring(store: store.path).keys(for: domain).isEmpty)
    }

    @Test func onlyActiveKeysSign() throws {
        let store = try KeyStore()
        let ring = DKIMKeyring(store: store.path)
        #expect(ring.keys(for: "example.org").isEmpty)
        try store.add("a1", .pending, to: "example.org")
        #expect(ring.keys(for: "example.org").isEmpty)
        try store.add("b2", .active, to: "example.org")
        try store.add("c3", .active, to: "example.org", .rsa)
        #expect(ring.keys(for: "example.org").map(\.selector) == ["b2", "c3"])
        #expect(ring.keys(for: "deep.sub.example.org").map(\.domain) == ["example.org", "example.org"])
        #expect(ring.keys(for: "myexample.org").isEmpty)
        var entries = try store.folder.entries(of: "example.org")
        entries[1].state = .retired
        try store.folder.replace(entries, of: "example.org")
        #expect(ring.keys(for: "example.org").map(\.selector) == ["c3"])
    }

    @Test func aKeyThatCannotBeReadSignsNothing() throws {
        let store = try KeyStore()
        try store.add("a1", .active, to: "example.org")
        try store.add("b2", .active, to: "example.org")
        try Data("no key".utf8).write(to: URL(filePath: store.path + "/keys/dkim/example.org/a1.pem"))
        #expect(DKIMKeyring(store: store.path).keys(for: "example.org").map(\.selector) == ["b2"])
    }
}
