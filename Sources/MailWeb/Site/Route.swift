import MailStore
import MailWire

/// One place of the site.
struct Route: Sendable {
    typealias Handler = @Sendable (Visit) async throws -> HTTPResponse

    enum Access: Sendable {
        case everybody, person
        /// Whoever helps others: a helpdesk, and operators.
        case helpdesk
        case operators

        func admits(_ roles: Roles) -> Bool {
            switch self {
            case .everybody, .person: true
            case .helpdesk: !roles.isEmpty
            case .operators: roles.isOperator
            }
        }
    }

    /// `*` stands for any one segment.
    let path: [String]
    let access: Access
    /// Asked by mail programs, which know nothing of forms and origins.
    var isForPrograms = false
    var handlers: [HTTPMethod: Handler]

    init(
        _ path: String, _ access: Access = .everybody, isForPrograms: Bool = false, get: Handler? = nil,
        post: Handler? = nil
    ) {
        self.path = path.split(separator: "/").map(String.init)
        self.access = access
        self.isForPrograms = isForPrograms
        handlers = [:]
        if let get { handlers[.get] = get }
        if let post { handlers[.post] = post }
    }

    var name: String { "/" + path.joined(separator: "/") }

    /// For Allow (RFC 9110 §10.2.1).
    var methods: String {
        (handlers[.get] == nil ? [] : ["GET", "HEAD"]).joined(separator: ", ")
            + (handlers[.post] == nil ? "" : handlers[.get] == nil ? "POST" : ", POST")
    }

    func matches(_ segments: [String]) -> Bool {
        segments.count == path.count && zip(path, segments).allSatisfy { $0 == "*" || $0 == $1 }
    }
}
