/// Suites by number (the IANA's TLS registry).
package enum CipherSuites {
    /// What any server of the last fifteen years takes one of.
    package static let common: [UInt16] = [
        0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc009, 0xc013, 0xc00a, 0xc014, 0xc023, 0xc027, 0x009e, 0x009f,
        0x0033, 0x0039, 0x009c, 0x009d, 0x003c, 0x002f, 0x0035, 0x000a,
    ]

    /// Nothing secret, or not for long: no encryption, no authentication, export keys, RC4, DES, 3DES (RFC 9325 §4.1).
    package static let weak: [UInt16] = weakNames.map(\.number)

    package static func weakName(_ number: UInt16) -> String? { weakNames.first { $0.number == number }?.name }

    private static let weakNames: [(number: UInt16, name: String)] = [
        (0x0001, "TLS_RSA_WITH_NULL_MD5"), (0x0002, "TLS_RSA_WITH_NULL_SHA"), (0x003b, "TLS_RSA_WITH_NULL_SHA256"),
        (0xc006, "TLS_ECDHE_ECDSA_WITH_NULL_SHA"), (0xc010, "TLS_ECDHE_RSA_WITH_NULL_SHA"),
        (0x0003, "TLS_RSA_EXPORT_WITH_RC4_40_MD5"), (0x0006, "TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5"),
        (0x0008, "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA"), (0x0014, "TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA"),
        (0x0018, "TLS_DH_anon_WITH_RC4_128_MD5"), (0x001b, "TLS_DH_anon_WITH_3DES_EDE_CBC_SHA"),
        (0x0034, "TLS_DH_anon_WITH_AES_128_CBC_SHA"), (0x003a, "TLS_DH_anon_WITH_AES_256_CBC_SHA"),
        (0x006c, "TLS_DH_anon_WITH_AES_128_CBC_SHA256"), (0x006d, "TLS_DH_anon_WITH_AES_256_CBC_SHA256"),
        (0x00a6, "TLS_DH_anon_WITH_AES_128_GCM_SHA256"), (0x00a7, "TLS_DH_anon_WITH_AES_256_GCM_SHA384"),
        (0xc018, "TLS_ECDH_anon_WITH_AES_128_CBC_SHA"), (0xc019, "TLS_ECDH_anon_WITH_AES_256_CBC_SHA"),
        (0x0004, "TLS_RSA_WITH_RC4_128_MD5"), (0x0005, "TLS_RSA_WITH_RC4_128_SHA"),
        (0xc007, "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA"), (0xc011, "TLS_ECDHE_RSA_WITH_RC4_128_SHA"),
        (0x0009, "TLS_RSA_WITH_DES_CBC_SHA"), (0x0015, "TLS_DHE_RSA_WITH_DES_CBC_SHA"),
        (0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"), (0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA"),
        (0xc008, "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA"), (0xc012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"),
    ]
}
