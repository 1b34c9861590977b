/// Thunderbird's config-v1.1.xml, which other programs read as well. Published for everybody it has a placeholder for the name.
extension ClientSettings {
    package var autoconfig: String {
        let names = domains.map { "    <domain>\(XMLText.escaped($0))</domain>" }
        let title = XMLText.escaped(domains.first ?? "")
        let user = XMLText.escaped(person?.userName ?? "%EMAILADDRESS%")
        let lines =
            [
                #"<?xml version="1.0" encoding="UTF-8"?>"#, #"<clientConfig version="1.1">"#,
                #"  <emailProvider id="\#(title)">"#,
            ] + names + [
                "    <displayName>\(title)</displayName>", "    <displayShortName>\(title)</displayShortName>",
            ]
            + servers.flatMap { $0.lines(user: user) } + ["  </emailProvider>", "</clientConfig>"]
        return lines.map { $0 + "\n" }.joined()
    }
}

extension ClientSettings.Server {
    fileprivate func lines(user: String) -> [String] {
        let element = kind == .smtp ? "outgoingServer" : "incomingServer"
        return [
            #"    <\#(element) type="\#(kind.rawValue.lowercased())">"#,
            "      <hostname>\(XMLText.escaped(host))</hostname>", "      <port>\(port)</port>",
            "      <socketType>\(isImplicit ? "SSL" : "STARTTLS")</socketType>",
            "      <authentication>password-cleartext</authentication>", "      <username>\(user)</username>",
            "    </\(element)>",
        ]
    }
}

enum XMLText {
    static func escaped(_ text: String) -> String {
        var result = ""
        // By scalars: to Swift a "<" with an accent is another character than "<".
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
