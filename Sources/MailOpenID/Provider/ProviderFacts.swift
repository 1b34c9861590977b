internal import MailCrypto

/// What a provider says of itself, as far as an operator has a use for it.
package struct ProviderFacts: Sendable, Equatable {
    package let issuer: String
    package let authorization: String
    package let token: String
    /// How many of each algorithm that we know, by its name.
    package let keys: [(algorithm: String, count: Int)]
    /// How this server shows who it is: basic, post or public.
    package let client: String
    /// It says in each answer who it is (RFC 9207).
    package let namesItself: Bool

    init(_ metadata: ProviderMetadata, _ set: KeySet, isPublic: Bool) {
        (issuer, namesItself) = (metadata.issuer, metadata.namesItself)
        (authorization, token) = (metadata.authorization.text, metadata.token.text)
        keys = TokenKey.Algorithm.allCases.map { kind in
            (kind.rawValue, set.entries.count { $0.key.algorithm == kind })
        }
        client = isPublic ? "public" : metadata.proof == .basic ? "basic" : "post"
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.issuer == right.issuer && left.authorization == right.authorization && left.token == right.token
            && left.keys.elementsEqual(right.keys) { $0 == $1 } && left.client == right.client
            && left.namesItself == right.namesItself
    }
}
