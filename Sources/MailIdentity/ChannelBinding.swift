/// What ties a SASL exchange to its TLS connection (RFC 5056): a name such as `tls-exporter` and its bytes.
package struct ChannelBinding: Sendable, Equatable {
    package static let exporter = "tls-exporter"  // RFC 9266
    package static let serverEndPoint = "tls-server-end-point"  // RFC 5929 §4

    package let name: String
    package let data: [UInt8]

    package init(name: String, data: [UInt8]) {
        self.name = name
        self.data = data
    }
}
