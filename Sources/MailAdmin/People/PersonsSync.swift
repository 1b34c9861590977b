package import MailMessage
import MailStore

/// What the directory of persons said, and what came of it.
package struct PersonsReport: Sendable {
    package var asked = 0
    package var answered = 0
    package var disabled: [EmailAddress] = []
    package var enabled: [EmailAddress] = []
}

extension Administration {
    /// So few may always be disabled at once, whatever share of a small store they are.
    private static let alwaysAllowed = 5
    private static let batch = 500

    /// Asks whether the owners of all accounts are still active; who is not can no longer log in, with whatever password, and
    /// gets no mail; who is again gets all of it back.
    ///
    /// When more than `guardPercent` of the accounts would be disabled at once nobody is: a directory that lost its contents
    /// disables nobody either.
    package func syncPersons(
        guardPercent: Int, dryRun: Bool = false, _ ask: @escaping @Sendable ([String]) throws -> PersonsAnswer
    ) async throws(AdminError) -> PersonsReport {
        let persons = try await reading { try $0.persons() }
        let answer: PersonsAnswer
        let names = persons.map(\.login.text)
        do { answer = try await store.threads.run { try ask(names) } } catch {
            throw .unavailable("the directory of persons: \(error.words)")
        }
        let changes = persons.filter { person in answer.isActive(person) == person.isDisabled }
        let gone = changes.filter { !$0.isDisabled }
        guard gone.count <= max(Self.alwaysAllowed, persons.count * guardPercent / 100) else {
            throw .unavailable(
                "the directory of persons calls \(gone.count) of \(persons.count) accounts no longer active at once; "
                    + "nobody was disabled")
        }
        if !dryRun {
            try await note(persons.filter { !$0.isKnown && answer.named[$0.login.text] != nil })
            try await write(changes)
            do { try await store.web.shutOut(gone.map(\.id)) } catch { throw .store(error) }
        }
        return PersonsReport(
            asked: persons.count, answered: answer.named.count, disabled: gone.map(\.address),
            enabled: changes.filter(\.isDisabled).map(\.address))
    }

    /// So that it can be told when the directory no longer names them.
    private func note(_ persons: [Person]) async throws(AdminError) {
        try await inBatches(persons) { try $0.notePerson($1) }
    }

    private func write(_ changes: [Person]) async throws(AdminError) {
        try await inBatches(changes) { transaction, person in
            // Removed meanwhile: nothing to do any more.
            do { try transaction.setDisabled(!person.isDisabled, person.id) } catch StoreError.noSuchAccount {}
        }
    }

    private func inBatches(
        _ persons: [Person], _ change: @escaping @Sendable (DirectoryTransaction, Person) throws -> Void
    ) async throws(AdminError) {
        var rest = persons[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(Self.batch))
            rest = rest.dropFirst(part.count)
            try await writing { transaction in for person in part { try change(transaction, person) } }
        }
    }
}
