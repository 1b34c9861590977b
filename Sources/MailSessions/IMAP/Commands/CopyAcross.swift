import MailMessage
import MailStore
import MailWire

/// COPY and MOVE between two accounts: two databases, each durable by itself.
///
/// The copy is made and synced first and only then the source loses anything: a crash between the two leaves the message
/// twice and never loses it.
extension IMAPSession {
    /// In parcels, so that memory does not follow the number of messages. What fails on its way takes back what has
    /// arrived (RFC 9051 §6.4.7).
    func copyAcross(
        _ set: UIDSet, from source: MailboxDoor, needing rights: MailboxRights, to target: MailboxTarget
    ) async throws -> Transferred {
        let limit = try await services.store.directory.limit(of: target.account.id)
        let destination = try await target.account.read { try target.id($0, needing: .insert) }
        guard let destination else { throw IMAPFailure.no("There is no such mailbox", code: .tryCreate) }
        let budget = changeBudget
        var (done, rest) = (Transferred.nothing, set)
        do {
            repeat {
                let left = rest
                let parcel = try await source.read(within: budget, needing: rights) { try $0.pack(left, of: source.id) }
                rest = parcel.rest
                let arrived = try await target.account.write(limit: limit, within: budget) { transaction in
                    let rights = try Self.arrivalRights(destination, target, transaction)
                    return try transaction.unpack(parcel, into: destination, with: rights)
                }
                done = done.followed(by: arrived)
            } while !rest.isEmpty
        } catch {
            await takeBack(done, from: destination, target)
            throw error
        }
        return done
    }

    /// Asked for each parcel: a right may be taken away in between.
    private static func arrivalRights(
        _ destination: MailboxID, _ target: MailboxTarget, _ reader: AccountReader
    ) throws -> MailboxRights {
        let rights = try target.home.rights(on: destination, reader)
        guard rights.contains(.insert) else { throw StoreError.noRights }
        return rights
    }

    private func takeBack(_ done: Transferred, from destination: MailboxID, _ target: MailboxTarget) async {
        guard !done.pairs.isEmpty else { return }
        let arrived = UIDSet(done.pairs.lazy.map(\.destination))
        do { try await target.account.write { _ = try $0.remove(in: destination, arrived) } } catch {
            logProblem("copy_incomplete", [("cause", "\(error)")])
        }
    }

    func moveAcross(
        _ set: UIDSet, from mailbox: SelectedMailbox, to target: MailboxTarget
    ) async throws -> IMAPReply {
        let (door, clock) = (mailbox.door, mailbox.view.syncedTo)
        let moved = try await copyAcross(set, from: door, needing: .moving, to: target)
        let gone = UIDSet(moved.pairs.lazy.map(\.source))
        // When this fails the messages are there twice: better than not knowing whether they are there at all.
        let news = try await door.write(within: changeBudget, needing: .moving) { transaction in
            _ = try transaction.remove(in: door.id, gone)
            return try MailboxNews(transaction, of: door, since: clock)
        }
        return await tellMoved(moved, news, of: mailbox)
    }
}
