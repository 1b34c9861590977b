package import MailAdmin
package import MailIdentity
import MailStore

/// The way to whoever knows who somebody is in the organisation.
package struct OrganisationDoor: Sendable {
    let login: OrganisationLogin
    private let desk: DeskCall

    package init(_ login: OrganisationLogin, _ desk: DeskCall) { (self.login, self.desk) = (login, desk) }

    /// The password that somebody has there.
    func enter(name: String, password: [UInt8], from origin: LoginOrigin) async -> OrganisationOutcome {
        await login.login(name: name, password: password, from: origin, judge: judge)
    }

    func compare(_ password: [UInt8], of entry: AccountEntry, from origin: LoginOrigin) async -> OrganisationComparison
    {
        await login.compare(password, of: entry, from: origin, judge: judge)
    }

    /// A question to the provider; nil: not from there now.
    func ask(_ request: DeskRequest, from origin: LoginOrigin) async -> DeskAnswer? {
        let desk = desk
        return await login.ask(from: origin) { desk.ask(request) }
    }

    private var judge: @Sendable (String, [UInt8]) -> OutsideVerdict {
        { [desk] name, password in
            switch desk.ask(.check(name: name, password: password)) {
            case .right: .right
            case .wrong: .wrong
            case .unavailable(let words), .refused(let words), .notTaken(let words): .unavailable(words)
            case .place, .person: .unavailable("an answer to another question")
            }
        }
    }
}
