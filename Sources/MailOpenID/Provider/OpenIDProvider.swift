internal import MailCrypto
internal import MailDial
internal import Synchronization

/// The organisation's provider: where a browser goes, and whom it has let in. Blocking; may be asked from any thread.
///
/// What it says of itself and its keys are remembered for an hour. Keys are asked for again when a token names one that is not
/// among them, but not more often than twice a minute: the name in a token is a stranger's word.
package final class OpenIDProvider: Sendable {
    private struct Memory {
        var metadata = Remembered<ProviderMetadata>()
        var keys = Remembered<KeySet>()
    }

    private let settings: OpenIDSettings
    private let connection: ProviderConnection
    private let readSecret: @Sendable (String) -> String?
    private let clock: @Sendable () -> Int64
    private let memory = Mutex(Memory())

    /// `secret`: the first line of a file, nil where it cannot be read. Throws when the authorities cannot be read.
    package init(
        _ settings: OpenIDSettings, secret: @escaping @Sendable (String) -> String?,
        clock: @escaping @Sendable () -> Int64
    ) throws(OpenIDFailure) {
        (self.settings, readSecret, self.clock) = (settings, secret, clock)
        connection = try ProviderConnection(authorities: settings.authorities)
    }

    /// Where a browser is sent.
    package func place(
        state: String, nonce: String, verifier: String, redirect: String
    ) throws(OpenIDFailure) -> String {
        let metadata = try metadata(by: .after(milliseconds: OpenIDLimits.seconds * 1_000))
        let request = AuthorizationRequest(
            client: settings.client, redirect: redirect, scope: settings.scope, state: state, nonce: nonce,
            challenge: CodeChallenge.of(verifier))
        return request.place(at: metadata.authorization)
    }

    /// Somebody's login. `issuer`: who gave the code, as the browser brought it.
    package func person(_ grant: CodeGrant, issuer: String?) throws(OpenIDFailure) -> String {
        let deadline = Deadline.after(milliseconds: OpenIDLimits.seconds * 1_000)
        let metadata = try metadata(by: deadline)
        // RFC 9207 §2.4: an answer of somebody else's, or of somebody who should have said who he is.
        guard issuer == metadata.issuer || (issuer == nil && !metadata.namesItself) else {
            throw .refused("the answer came from another provider")
        }
        let answer = try tokens(grant, metadata, by: deadline)
        let identity = try identity(answer.identity, nonce: grant.nonce, metadata, by: deadline)
        if let name = identity.name(settings.claim) { return name }
        guard let name = try asked(answer, identity, metadata, by: deadline) else {
            throw .refused(
                "the provider does not tell \(settings.claim)"
                    + (settings.claim == PersonClaim.email ? ", or not that it is verified" : ""))
        }
        return name
    }

    /// What an operator wants to know before anybody signs in.
    package func facts() throws(OpenIDFailure) -> ProviderFacts {
        let deadline = Deadline.after(milliseconds: OpenIDLimits.seconds * 1_000)
        let metadata = try metadata(by: deadline)
        let keys = try fetchKeys(metadata, by: deadline)
        _ = try secret()
        return ProviderFacts(metadata, keys, isPublic: settings.secretFile.isEmpty)
    }

    private func tokens(
        _ grant: CodeGrant, _ metadata: ProviderMetadata, by deadline: Deadline
    ) throws(OpenIDFailure) -> TokenAnswer {
        let request = TokenRequest(grant, client: settings.client, secret: try secret(), proof: metadata.proof)
        let answer = try connection.post(request.form, to: metadata.token, fields: request.fields, by: deadline)
        return try TokenAnswer(status: answer.status, answer.octets)
    }

    /// Empty for a public client.
    private func secret() throws(OpenIDFailure) -> String {
        guard !settings.secretFile.isEmpty else { return "" }
        guard let secret = readSecret(settings.secretFile), !secret.isEmpty else {
            throw .unavailable("\(settings.secretFile) cannot be read, or is empty")
        }
        return secret
    }

    private func identity(
        _ text: String, nonce: String, _ metadata: ProviderMetadata, by deadline: Deadline
    ) throws(OpenIDFailure) -> IdentityToken {
        let token: SignedToken
        do throws(SignedToken.Problem) { token = try SignedToken(text) } catch {
            throw .refused("the token cannot be taken: \(error)")
        }
        let key = try key(for: token, metadata, by: deadline)
        let wanted = IdentityToken.Expectation(
            issuer: metadata.issuer, client: settings.client, nonce: nonce, now: clock())
        do throws(IdentityToken.Problem) {
            return try IdentityToken(token, signedBy: key, wanted)
        } catch {
            throw .refused("the token is not for us: \(error)")
        }
    }

    /// What the token does not hold, the provider may tell of its subject (OpenID Connect Core §5.3).
    private func asked(
        _ answer: TokenAnswer, _ identity: IdentityToken, _ metadata: ProviderMetadata, by deadline: Deadline
    ) throws(OpenIDFailure) -> String? {
        guard let place = metadata.userInfo, let access = answer.access else { return nil }
        let told = try connection.get(place, fields: [("Authorization", "Bearer " + access)], by: deadline)
        // §5.3.2: of the same subject, or it is not to be used.
        guard told.status == 200, let document = JSONDocument(told.octets), document.text("sub") == identity.subject
        else { return nil }
        return PersonClaim.name(settings.claim, of: document)
    }

    // MARK: What is remembered

    private func metadata(by deadline: Deadline) throws(OpenIDFailure) -> ProviderMetadata {
        let (now, known) = (clock(), memory.withLock { $0.metadata })
        if let fresh = known.fresh(now: now) { return fresh }
        if let failure = known.recentFailure(now: now) { return try old(\.metadata, or: failure) }
        do throws(OpenIDFailure) {
            let fetched = try fetchMetadata(by: Self.share(of: deadline, isKnown: known.value != nil))
            memory.withLock { $0.metadata.took(fetched, now: now) }
            return fetched
        } catch {
            // From now on: it may have taken longer than the pause.
            memory.withLock { $0.metadata.failed(error, now: clock()) }
            return try old(\.metadata, or: error)
        }
    }

    /// Where the old value would do, so much is left for the rest of the sign-in.
    private static func share(of deadline: Deadline, isKnown: Bool) -> Deadline {
        isKnown ? deadline.within(milliseconds: OpenIDLimits.refreshSeconds * 1_000) : deadline
    }

    private func fetchMetadata(by deadline: Deadline) throws(OpenIDFailure) -> ProviderMetadata {
        guard let place = ProviderMetadata.place(of: settings.issuer) else {
            throw .unavailable("identity.oidc_issuer is no https address")
        }
        let answer = try connection.get(place, by: deadline)
        guard answer.status == 200 else { throw .unavailable("\(place.text) answered \(answer.status)") }
        do throws(ProviderMetadata.Problem) {
            return try ProviderMetadata(answer.octets, from: settings.issuer)
        } catch {
            throw .unavailable(error.words)
        }
    }

    private func key(
        for token: SignedToken, _ metadata: ProviderMetadata, by deadline: Deadline
    ) throws(OpenIDFailure) -> TokenKey {
        let (now, known) = (clock(), memory.withLock { $0.keys })
        let (fresh, old) = (known.fresh(now: now), known.value?.key(named: token.keyName, for: token.algorithm))
        if fresh != nil, let old { return old }
        if fresh == nil || known.mayAskAgain(now: now) {
            let keys = try fetchKeys(metadata, by: Self.share(of: deadline, isKnown: old != nil))
            if let key = keys.key(named: token.keyName, for: token.algorithm) { return key }
        }
        throw .unavailable("the provider has no key that the token names")
    }

    private func fetchKeys(_ metadata: ProviderMetadata, by deadline: Deadline) throws(OpenIDFailure) -> KeySet {
        let now = clock()
        if let failure = memory.withLock({ $0.keys.recentFailure(now: now) }) {
            return try old(\.keys, or: failure)
        }
        do throws(OpenIDFailure) {
            let answer = try connection.get(metadata.keys, by: deadline)
            guard answer.status == 200, let keys = KeySet(answer.octets) else {
                throw .unavailable("its keys cannot be read (\(answer.status))")
            }
            memory.withLock { $0.keys.took(keys, now: now) }
            return keys
        } catch {
            memory.withLock { $0.keys.failed(error, now: clock()) }
            return try old(\.keys, or: error)
        }
    }

    /// What was known before, rather than nothing.
    private func old<Value>(
        _ place: any KeyPath<Memory, Remembered<Value>> & Sendable, or failure: OpenIDFailure
    ) throws(OpenIDFailure) -> Value {
        guard let value = memory.withLock({ $0[keyPath: place].value }) else { throw failure }
        return value
    }
}
