internal import MailDomainAuth
package import MailStore

extension MessageDraft {
    /// Shows the message as it came to the check, takes out what claims to be our results and puts the true ones on top.
    package mutating func judge(by check: inout SenderCheck) async throws(StoreError) -> SenderJudgement {
        check.consume(header.bytes)
        var pieces = try await bodyPieces()
        while let piece = try await pieces.next() { check.consume(piece) }
        let judgement = await check.finish()
        header.removeAll { Self.isForged($0, judgement.results.authservID) }
        header.insert(HeaderField(raw: Array(judgement.field.utf8)), at: 0)
        return judgement
    }

    /// Of mail that nobody has judged: from people who have logged in, and from trusted networks.
    mutating func removeForged(_ authservID: String?) {
        guard let authservID else { return }
        header.removeAll { Self.isForged($0, authservID) }
    }

    // RFC 8601 §5
    static func isForged(_ field: HeaderField, _ authservID: String) -> Bool {
        field.isNamed(AuthenticationResults.fieldName.utf8)
            && AuthenticationResultsReader.claims(field.value(isSpaced: true), authservID: authservID)
    }
}
