/// Commands about the connection and the login (RFC 9051 §6.1-6.2, RFC 2971, RFC 5161).
extension IMAPParser {
    // authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp]
    // initial-resp = base64 / "="
    mutating func authenticate() throws(SyntaxError) -> IMAPCommand.Body {
        try cursor.expectSpace()
        let mechanism = try expectWord("a mechanism")
        guard cursor.space() else {
            return .authenticate(AuthenticateCommand(mechanism: mechanism, initialResponse: nil))
        }
        let response = Array(try cursor.expectRun(of: IMAPBytes.base64, "an initial response in base64"))
        let isEmpty = response == [UInt8(ascii: "=")]
        return .authenticate(AuthenticateCommand(mechanism: mechanism, initialResponse: isEmpty ? [] : response))
    }

    // login = "LOGIN" SP userid SP password
    mutating func login() throws(SyntaxError) -> IMAPCommand.Body {
        let user = try spaceAString("a user name")
        return .login(LoginCommand(user: user, password: try spaceAString("a password")))
    }

    // compress = "COMPRESS" SP algorithm                                                            (RFC 4978 §5)
    mutating func compress() throws(SyntaxError) -> IMAPCommand.Body {
        try cursor.expectSpace()
        return .compress(try expectWord("an algorithm"))
    }

    // enable = "ENABLE" 1*(SP capability)
    mutating func enable() throws(SyntaxError) -> IMAPCommand.Body {
        var names: [String] = []
        repeat {
            try cursor.expectSpace()
            guard names.count < IMAPLimits.enableNames else { throw cursor.failure(.limit, "fewer capabilities") }
            names.append(try expectWord("a capability"))
        } while !cursor.isAtEnd
        return .enable(names)
    }

    // id = "ID" SP id-params-list ;  id-params-list = "(" *(string SP nstring SP) ")" / nil        (RFC 2971 §4)
    mutating func idCommand() throws(SyntaxError) -> IMAPCommand.Body {
        try cursor.expectSpace()
        if cursor.text("NIL") { return .id(nil) }
        return .id(
            try list(of: "fields", limit: IMAPLimits.idFields) { parser throws(SyntaxError) in
                try parser.idField()
            })
    }

    private mutating func idField() throws(SyntaxError) -> IDField {
        let start = cursor.offset
        let name = try expectString("a field name in quotes")
        try cursor.expectSpace()
        let value = try expectNString("a field value in quotes or NIL")
        guard name.count <= IMAPLimits.idNameLength, value?.count ?? 0 <= IMAPLimits.idValueLength else {
            throw cursor.failure(.limit, "a shorter field", at: start)
        }
        return IDField(name: name, value: value)
    }
}
