/// What Outlook is answered (MS-OXDSCLI §2.2.4). The login name is the address that was asked about, whosever it is: the answer
/// tells nobody who exists.
extension ClientSettings {
    private static let root = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
    /// What a request has to accept, and the answer is written in.
    package static let outlookSchema = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"

    /// `address` is nil where the answer is for everybody: then Outlook takes what it was given.
    package func autodiscover(for address: String?) -> String {
        let login = address.map { ["        <LoginName>\(XMLText.escaped($0))</LoginName>"] } ?? []
        let servers = [best(.imap), best(.pop3), best(.smtp)].compactMap { $0 }
        let lines =
            [
                #"<?xml version="1.0" encoding="utf-8"?>"#, #"<Autodiscover xmlns="\#(Self.root)">"#,
                #"  <Response xmlns="\#(Self.outlookSchema)">"#,
                "    <Account>", "      <AccountType>email</AccountType>", "      <Action>settings</Action>",
            ] + servers.flatMap { $0.protocolLines(login) } + ["    </Account>", "  </Response>", "</Autodiscover>"]
        return lines.map { $0 + "\n" }.joined()
    }

    /// Where the same is found, for programs that ask by JSON first.
    package static func autodiscoverPointer(host: String) -> String {
        #"{"Protocol":"AutodiscoverV1","Url":"https://\#(host)/autodiscover/autodiscover.xml"}"# + "\n"
    }
}

extension ClientSettings.Server {
    /// Encryption is TLS for STARTTLS, and SSL from the first octet.
    fileprivate func protocolLines(_ login: [String]) -> [String] {
        [
            "      <Protocol>", "        <Type>\(kind.rawValue)</Type>",
            "        <Server>\(XMLText.escaped(host))</Server>", "        <Port>\(port)</Port>",
            "        <DomainRequired>off</DomainRequired>",
        ] + login + [
            "        <SPA>off</SPA>", "        <SSL>on</SSL>",
            "        <Encryption>\(isImplicit ? "SSL" : "TLS")</Encryption>", "        <AuthRequired>on</AuthRequired>",
        ] + (kind == .smtp ? ["        <UsePOPAuth>on</UsePOPAuth>"] : []) + ["      </Protocol>"]
    }
}
