/// message = [authzid] NUL authcid NUL passwd — RFC 4616 §2
package struct PlainMessage: Hashable, Sendable {
    package let authorization: String
    package let authentication: String
    package let password: [UInt8]

    package init(authorization: String = "", authentication: String, password: [UInt8]) {
        self.authorization = authorization
        self.authentication = authentication
        self.password = password
    }

    package init(_ bytes: [UInt8]) throws(SASLSyntaxError) {
        let parts = bytes.split(separator: 0, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[1].isEmpty, !parts[2].isEmpty,
            let authorization = String(validating: parts[0], as: UTF8.self),
            let authentication = String(validating: parts[1], as: UTF8.self)
        else { throw .malformed }
        self.init(authorization: authorization, authentication: authentication, password: Array(parts[2]))
    }

    package var bytes: [UInt8] { Array(authorization.utf8) + [0] + Array(authentication.utf8) + [0] + password }
}
