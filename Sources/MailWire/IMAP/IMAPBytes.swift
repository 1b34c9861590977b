/// The character classes of RFC 9051 §9.
enum IMAPBytes {
    /// ATOM-CHAR: any CHAR but controls, space and `( ) { % * " \ ]`.
    static let atom = ByteClass(0x21...0x7e, except: "(){%*\"\\]")
    /// ASTRING-CHAR = ATOM-CHAR / resp-specials.
    static let astring = atom.adding("]")
    /// tag = 1*<any ASTRING-CHAR except "+">
    static let tag = astring.removing("+")
    /// list-char = ATOM-CHAR / list-wildcards / resp-specials.
    static let list = astring.adding("%*")
    static let base64 = ByteClass.letterOrDigit.adding("+/=")
}
