import MailMessage
import MailStore
import MailWire

/// COPY and MOVE between two accounts: two databases, each durable by itself.
extension IMAPSession {
    /// In parcels, so that memory does not follow the number of messages. What fails on its way takes back what has
    /// arrived (RFC 9051 §6.4.7).
    func copyAcross(
        _ set: UIDSet, from mailbox: SelectedMailbox, to target: MailboxTarget
    ) async throws -> Transferred {
        let passage = try await passage(from: mailbox.door, to: target)
        let goal = mailbox.view.uids.count(of: set)
        var (done, rest) = (Transferred.nothing, set)
        do {
            repeat {
                let parcel = try await passage.pack(rest, needing: .read)
                rest = parcel.rest
                done = done.followed(by: try await passage.deliver(parcel))
                try await progressed(to: done.pairs.count, of: goal)
            } while !rest.isEmpty
        } catch {
            await takeBack(done.arrived, passage)
            throw error
        }
        return done
    }

    /// Parcel after parcel: what fails or ends on its way leaves each message where it was or where it was to go.
    func moveAcross(
        _ set: UIDSet, from mailbox: SelectedMailbox, to target: MailboxTarget
    ) async throws -> IMAPReply {
        let passage = try await passage(from: mailbox.door, to: target)
        let (clock, goal) = (mailbox.view.syncedTo, mailbox.view.uids.count(of: set))
        var (moved, rest) = (Transferred.nothing, set)
        do {
            while true {
                let parcel = try await passage.pack(rest, needing: .moving)
                rest = parcel.rest
                let (part, news) = try await move(parcel, passage, since: clock)
                moved = moved.followed(by: part)
                if let news { return await tellMoved(moved, news, of: mailbox) }
                try await progressed(to: moved.pairs.count, of: goal)
            }
        } catch {
            if let news = try? await passage.news(since: clock) { _ = await tellMoved(moved, news, of: mailbox) }
            throw error
        }
    }

    /// With the news after the last one. The copy is synced before the source loses anything: a crash between the two
    /// leaves one parcel's messages twice, and none is ever lost.
    private func move(
        _ parcel: MessageParcel, _ passage: Passage, since clock: ModSeq
    ) async throws -> (Transferred, MailboxNews?) {
        let arrived = try await passage.deliver(parcel)
        let sources = UIDSet(arrived.pairs.lazy.map(\.source))
        do {
            let (gone, news) = try await passage.release(sources, isLast: parcel.rest.isEmpty, since: clock)
            // What somebody else has taken away meanwhile was not here to be moved: it would be there twice.
            await takeBack(arrived.only(sources.subtracting(gone)).arrived, passage)
            return (arrived.only(gone), news)
        } catch {
            if error.isBeforeCommit { await takeBack(arrived.arrived, passage) }
            throw error
        }
    }

    func passage(from source: MailboxDoor, to target: MailboxTarget) async throws -> Passage {
        let limit = try await services.store.directory.limit(of: target.account.id)
        let destination = try await target.account.read { try target.id($0, needing: .insert) }
        guard let destination else { throw IMAPFailure.no("There is no such mailbox", code: .tryCreate) }
        return Passage(source: source, target: target, destination: destination, limit: limit, budget: changeBudget)
    }

    func takeBack(_ arrived: UIDSet, _ passage: Passage) async {
        guard !arrived.isEmpty else { return }
        do { try await passage.takeBack(arrived) } catch {
            logProblem("copy_incomplete", [("cause", "\(error)")])
        }
    }
}

extension Transferred {
    fileprivate var arrived: UIDSet { UIDSet(pairs.lazy.map(\.destination)) }
}

extension StoreError {
    /// Whether the change certainly did not take place, not even after a crash. Of a failed sync nobody knows that.
    var isBeforeCommit: Bool {
        switch self {
        case .noRights, .noLongerShared, .noSuchMailbox, .outOfTime, .busy: true
        default: false
        }
    }
}
