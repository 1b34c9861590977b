import MailMessage
import Testing

struct AddressListTests {
    /// `name|route|local|domain`, `{name` and `}` around groups.
    private func show(_ list: AddressList) -> [String] {
        list.items.map { item in
            switch item {
            case .address(let address):
                [address.name, address.route, address.local, address.domain].map { $0.map { text($0) } ?? "-" }
                    .joined(separator: "|")
            case .groupStart(let name): "{" + text(name)
            case .groupEnd: "}"
            }
        }
    }

    private static let readsRows: [(field: String, expected: [String])] = [
        ("", []),
        (" , ,, ", []),
        ("a@b", ["-|-|a|b"]),
        ("<a@b>", ["-|-|a|b"]),
        ("A B <a@b>, c@d", ["A B|-|a|b", "-|-|c|d"]),
        ("\"Doe, John\" <a@b>", ["Doe, John|-|a|b"]),
        ("Joe Q. Public <john.q.public@example.com>", ["Joe Q. Public|-|john.q.public|example.com"]),
        ("\"Giant; \\\"Big\\\" Box\" <x@y>", ["Giant; \"Big\" Box|-|x|y"]),
        ("a@b (Name (inner) here)", ["Name (inner) here|-|a|b"]),
        ("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", ["Pete|-|pete|silly.test"]),
        ("\"john doe\"@example.org", ["-|-|john doe|example.org"]),
        ("<@a,@b:c@d>", ["-|@a,@b|c|d"]),
        ("john . doe @ example . org", ["-|-|john.doe|example.org"]),
        ("a@[192.0.2.1], b@[IPv6:::1]", ["-|-|a|[192.0.2.1]", "-|-|b|[IPv6:::1]"]),
        ("A Group:Ed <a@b>,c@d, John <e@f>;", ["{A Group", "Ed|-|a|b", "-|-|c|d", "John|-|e|f", "}"]),
        ("undisclosed-recipients:;", ["{undisclosed-recipients", "}"]),
        ("g1: a@b; g2: c@d", ["{g1", "-|-|a|b", "}", "{g2", "-|-|c|d", "}"]),
        ("g:;, x@y", ["{g", "}", "-|-|x|y"]),
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?= <a@b>", ["=?utf-8?Q?Gr=C3=BC=C3=9Fe?=|-|a|b"]),
        ("=?utf-8?Q?Doe,_J?= <a@b>", ["=?utf-8?Q?Doe,_J?=|-|a|b"]),
        // Broken, and read as a person would.
        ("foo", ["-|-|foo|"]),
        ("Foo Bar", ["-|-|Foo Bar|"]),
        ("\"Name\" <>", ["Name|-||"]),
        ("<a@b", ["-|-|a|b"]),
        ("<a@b, c@d", ["-|-|a|b", "-|-|c|d"]),
        ("a@b <a@b>", ["a@b|-|a|b"]),
        ("John Doe john@doe.example", ["John Doe|-|john|doe.example"]),
        ("a@b@c", ["-|-|a@b|c"]),
        ("\"unclosed <a@b>", ["-|-|unclosed <a@b>|"]),
        ("(unclosed <a@b>", []),
        ("a@b; c@d", ["-|-|a|b", "-|-|c|d"]),
        ("a@b rubbish, c@d", ["rubbish|-|a|b", "-|-|c|d"]),
        ("<a@b> rubbish, c@d", ["-|-|a|b", "-|-|c|d"]),
        ("@", []),
        ("<>, <, a@b", ["-|-|a|b"]),
        (">", ["-|-|>|"]),
        ("Grüße <ü@münchen.example>", ["Grüße|-|ü|münchen.example"]),
    ]

    @Test(arguments: readsRows)
    func reads(_ row: (field: String, expected: [String])) {
        #expect(show(AddressList(Array(row.field.utf8))) == row.expected)
    }

    @Test func namesAreDecodedForPeople() throws {
        let list = AddressList(Array("=?utf-8?Q?Doe,_J=C3=B6?= =?utf-8?Q?rg?= <a@b>".utf8))
        #expect(list.addresses.first?.displayName == "Doe, Jörg")
        #expect(list.addresses.first?.emailAddress == EmailAddress("a@b"))
    }

    @Test(arguments: [9_999, 10_000, 10_001])
    func tooManyAddressesAreCutOff(_ count: Int) {
        let list = AddressList(Array(String(repeating: "a@b,", count: count).utf8))
        #expect(list.items.count == min(count, 10_000))
    }

    /// Each of these took quadratic time in some mail program.
    @Test(arguments: ["a. ", "a@", "(", "\"", "<", "=?", "=?a?b?", "@a,", "g:", "a\\", "[", "<@"])
    func longRubbishTakesLinearTime(_ piece: String) {
        let field = Array(String(repeating: piece, count: 200_000 / piece.utf8.count).utf8)
        let start = ContinuousClock.now
        _ = AddressList(field)
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}
