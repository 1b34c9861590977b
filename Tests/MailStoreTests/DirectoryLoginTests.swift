import MailMessage
import Testing

@testable import MailStore

struct DirectoryLoginTests {
    static let rows: [(name: String, finds: String?)] = [
        ("anna01", "Anna@uni.example"), ("ANNA01", "Anna@uni.example"), ("anna@uni.example", "Anna@uni.example"),
        ("Anna@UNI.example", "Anna@uni.example"), ("bo", "bo@uni.example"),
        ("anna.long@uni.example", "Anna@uni.example"),
        ("anna", "Anna@uni.example"), ("anna.long", "Anna@uni.example"), ("both@uni.example", nil), ("both", nil),
        ("away@uni.example", nil), ("nobody", nil), ("nobody@uni.example", nil), ("anna+x@uni.example", nil), ("", nil),
        ("@", nil), ("anna01@", nil), (" anna01", nil), ("anna01\u{0}", nil), ("#1", nil), ("postmaster", nil),
        (String(repeating: "a", count: 64), nil), (String(repeating: "a", count: 100_000), nil),
    ]

    @Test func everyKindOfName() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        try await directory.alias("anna.long@uni.example", "anna@uni.example")
        try await directory.alias("both@uni.example", "anna@uni.example", "bo@uni.example")
        try await directory.alias("away@uni.example", "friend@elsewhere.example")
        for (name, finds) in Self.rows {
            #expect(
                try await directory.entry(login: name)?.address.description == finds,
                "\(name.prefix(70).debugDescription)")
        }
        // With a second domain a bare local part says nothing any more; logins stay.
        try await directory.write { try $0.addDomain(Made.domain("arts.example")) }
        #expect(try await directory.entry(login: "anna") == nil)
        #expect(try await directory.entry(login: "bo")?.address.description == "bo@uni.example")
    }

    @Test func loginsThatAreChosen() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        let made = try await directory.write { transaction in
            try transaction.addDomain(Made.domain("arts.example"))
            // "bo" is taken, so the address is the login; an odd local part is none either.
            let second = try transaction.addAccount(NewAccount(address: Made.address("bo@arts.example")))
            let odd = try transaction.addAccount(NewAccount(address: Made.address("\"odd one\"@arts.example")))
            return [try transaction.account(second)?.login.text, try transaction.account(odd)?.login.text]
        }
        #expect(made == ["bo@arts.example", "odd one@arts.example"])
        #expect(try await directory.entry(login: "bo@arts.example")?.address.domain == "arts.example")
    }

    @Test func nobodyTakesAnothersName() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        await #expect(throws: StoreError.exists("login anna01")) {
            try await directory.write { transaction in
                try transaction.addAccount(
                    NewAccount(address: Made.address("new@uni.example"), login: Made.login("Anna01")))
            }
        }
        await #expect(throws: StoreError.invalid("login bo@uni.example is an address, but not the account's own")) {
            try await directory.write { transaction in
                try transaction.addAccount(
                    NewAccount(address: Made.address("new@uni.example"), login: Made.login("bo@uni.example")))
            }
        }
        await #expect(throws: StoreError.exists("address bo@uni.example")) {
            try await directory.write { try $0.addAccount(NewAccount(address: Made.address("BO@uni.example"))) }
        }
        await #expect(throws: StoreError.notFound("domain elsewhere.example")) {
            try await directory.write { try $0.addAccount(NewAccount(address: Made.address("a@elsewhere.example"))) }
        }
        #expect(try await directory.read { try $0.accountCount() } == 3)
    }

    @Test(arguments: [
        ("a", "a"), ("Anna.B_c-1", "anna.b_c-1"), ("1abc", "1abc"),
        (String(repeating: "a", count: 64), String(repeating: "a", count: 64)),
        (String(repeating: "a", count: 65), nil), ("", nil), (".a", nil), ("-a", nil), ("a b", nil), ("\u{e5}sa", nil),
        ("a#", nil), ("a+b", nil), ("A@Uni.Example", "a@uni.example"), ("a@", nil),
    ])
    func loginNames(text: String, name: String?) {
        #expect(LoginName(text)?.text == name)
    }

    @Test func removedNamesAreFree() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        try await directory.alias("anna.long@uni.example", "anna@uni.example")
        try await directory.alias("both@uni.example", "anna@uni.example", "bo@uni.example")
        let old = try await directory.id("anna@uni.example")
        try await directory.write { try $0.removeAccount(old) }
        #expect(try await directory.entry(login: "anna01") == nil)
        #expect(try await directory.entry(id: old)?.status == .removed)
        #expect(try await directory.reach("anna@uni.example") == ["unknown"])
        #expect(try await directory.reach("anna.long@uni.example") == ["unknown"])
        #expect(try await directory.reach("both@uni.example") == ["bo@uni.example"])
        #expect(try await directory.read { try $0.accounts().map(\.login.text) } == ["bo", "cy"])
        #expect(
            try await directory.read { try $0.accounts(matching: AccountFilter(status: .removed)).map(\.id) } == [old])

        try await directory.write { try $0.restoreAccount(old) }
        #expect(try await directory.entry(login: "anna01")?.id == old)
        #expect(try await directory.reach("anna.long@uni.example") == ["Anna@uni.example"])
        #expect(try await directory.reach("both@uni.example") == ["Anna@uni.example", "bo@uni.example"])

        try await directory.write { try $0.removeAccount(old) }
        let new = try await directory.write { transaction in
            try transaction.addAccount(
                NewAccount(
                    address: Made.address("anna@uni.example"), login: Made.login("anna01"),
                    aliases: [Made.address("anna.long@uni.example")]))
        }
        #expect(new != old)
        await #expect(throws: StoreError.exists("address anna@uni.example")) {
            try await directory.write { try $0.restoreAccount(old) }
        }
        try await directory.write { try $0.forgetAccount(old) }
        #expect(try await directory.entry(id: old) == nil)
        #expect(try await directory.entry(login: "anna.long@uni.example")?.id == new)
    }

    @Test(arguments: [true, false])
    func renamed(keepAlias: Bool) async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        try await directory.alias("sales@uni.example", "bo@uni.example")
        let bo = try await directory.id("bo@uni.example")
        try await directory.write { transaction in
            try transaction.renameAccount(bo, to: Made.address("Bodil@uni.example"), keepAlias: keepAlias)
        }
        #expect(try await directory.entry(login: "bo")?.address.description == "Bodil@uni.example")
        #expect(try await directory.reach("sales@uni.example") == ["Bodil@uni.example"])
        #expect(try await directory.reach("bo@uni.example") == [keepAlias ? "Bodil@uni.example" : "unknown"])
        let targets = try await directory.read { try $0.alias(Made.address("sales@uni.example"))?.targets }
        #expect(targets?.map(\.description) == ["Bodil@uni.example"])
    }
}
