/// What the organisation tells its users: what everything is compared with.
package struct DocumentedSettings: Sendable, Equatable {
    package var endpoints: [Endpoint] = []
    package var userForm: UserForm?
    /// nil: it does not say.
    package var prefix: String?
    package var source = Source.usual

    package enum Source: Sendable, Equatable {
        case file(String)
        case autoconfig(String)
        /// Nobody said anything: 993, 995, 587 and 25.
        case usual
    }

    package init() {}

    func endpoint(_ service: Service) -> Endpoint? {
        endpoints.first { $0.service == service } ?? (source == .usual ? usual(service) : nil)
    }

    private func usual(_ service: Service) -> Endpoint {
        Endpoint(service, service.isIncoming ? .tls : .starttls, endpoints.first?.host ?? "")
    }
}

/// What stands in the field "user name".
package enum UserForm: Sendable, Equatable {
    case wholeAddress, localPart

    func fits(_ name: String) -> Bool { name.contains("@") == (self == .wholeAddress) }

    var words: Text {
        switch self {
        case .wholeAddress: Text("your whole mail address", sv: "hela din e-postadress")
        case .localPart: Text("your user name without @ and domain", sv: "ditt användarnamn utan @ och domän")
        }
    }
}
