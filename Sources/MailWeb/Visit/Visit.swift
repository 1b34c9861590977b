import MailMessage
import MailStore
import MailWire

/// One request with what is known of who asks.
struct Visit: Sendable {
    struct Person: Sendable {
        let entry: AccountEntry
        let session: WebSession
        let token: WebToken
        let roles: Roles
    }

    let site: WebSite
    let request: HTTPRequest
    let caller: WebCaller
    let words: Words
    let person: Person?
    /// Why nobody knows who asks.
    let failure: StoreError?

    var settings: WebSettings { site.settings }

    /// The page of whoever has logged in; the route has looked whether somebody has.
    func owner() throws -> Person {
        guard let person else { throw failure ?? StoreError.noSuchAccount }
        return person
    }

    /// To the login, and back to where he wanted to go.
    func toLogin() -> HTTPResponse {
        if failure != nil { return page(of: .storeIsDown) }
        let back = request.method == .post ? "/home" : request.target.path
        return .redirect(to: back == "/home" ? "/login" : "/login?" + FormPairs([("back", back)]).encoded)
    }

    /// A place of our own to go back to: one slash, and nothing that a browser would take for another host.
    static func ownPath(_ text: String?) -> String? {
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.count <= 200,
            text.unicodeScalars.allSatisfy({
                $0.properties.isASCIIHexDigit || ("g"..."z").contains($0) || ("G"..."Z").contains($0)
                    || "/-._?=&".unicodeScalars.contains($0)
            })
        else { return nil }
        return text
    }
}
