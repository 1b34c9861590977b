/// The methods that are answered here; any other is refused (RFC 9110 §9.1).
package enum HTTPMethod: String, CaseIterable, Sendable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case options = "OPTIONS"
}
