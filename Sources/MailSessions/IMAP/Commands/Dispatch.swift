import MailWire

extension IMAPSession {
    /// The one place that knows which function does which command. Nil: IDLE has no answer yet.
    func run(_ command: IMAPCommand) async throws -> IMAPReply? {
        switch command.body {
        case .capability: capability()
        case .noop, .check: .ok("Done")
        case .logout: logout()
        case .id(let fields): id(fields)
        case .startTLS: try startTLS()
        case .authenticate(let command): try await authenticate(command)
        case .login(let command): try await logIn(command)
        case .idle: try beginIdle(tag: command.tag)
        case .append(let message): try await append(message, tag: command.tag)
        case .replace(let message): try await replace(message, tag: command.tag)
        default: try await runLoggedIn(command)
        }
    }

    private func runLoggedIn(_ command: IMAPCommand) async throws -> IMAPReply {
        switch command.body {
        case .enable(let names): enable(names)
        case .unauthenticate: try await unauthenticate()
        case .compress(let algorithm): try compress(algorithm)
        case .select(let command): try await select(command, readOnly: false)
        case .examine(let command): try await select(command, readOnly: true)
        case .create(let command): try await create(command)
        case .delete(let mailbox): try await delete(mailbox)
        case .rename(let from, let to): try await rename(from, to: to)
        case .subscribe(let mailbox): try await subscribe(mailbox)
        case .unsubscribe(let mailbox): try await unsubscribe(mailbox)
        case .list(let command): try await list(command)
        case .lsub(let command): try await lsub(command)
        case .namespace: namespace()
        case .status(let mailbox, let items): try await status(mailbox, items)
        case .notify(let command): try await notify(command)
        case .multiSearch(let search): try await multiSearch(search, tag: command.tag)
        case .getQuota(let root): try await getQuota(root)
        case .getQuotaRoot(let mailbox): try await getQuotaRoot(mailbox)
        case .setQuota: .no("Limits are set by the administrator", code: .noPermission)
        case .getMetadata(let command): try await getMetadata(command)
        case .setMetadata(let command): try await setMetadata(command)
        case .setACL, .deleteACL, .getACL, .listRights, .myRights: try await runACL(command)
        default: try await runSelected(command)
        }
    }

    private func runACL(_ command: IMAPCommand) async throws -> IMAPReply {
        switch command.body {
        case .setACL(let command): try await setACL(command)
        case .deleteACL(let mailbox, let identifier): try await deleteACL(mailbox, identifier)
        case .getACL(let mailbox): try await getACL(mailbox)
        case .listRights(let mailbox, let identifier): try await listRights(mailbox, identifier)
        case .myRights(let mailbox): try await myRights(mailbox)
        default: throw IMAPFailure.bad("Unknown command")
        }
    }

    private func runSelected(_ command: IMAPCommand) async throws -> IMAPReply {
        switch command.body {
        case .close: try await close()
        case .unselect: try unselect()
        case .expunge: try await expunge(nil)
        case .uidBatches(let batches): try uidBatches(batches, tag: command.tag)
        case .uidExpunge(let set): try await expunge(set)
        case .search(let search): try await self.search(search, tag: command.tag)
        case .sort(let sort): try await self.sort(sort, tag: command.tag)
        case .thread(let thread): try await self.thread(thread, tag: command.tag)
        case .cancelUpdate(let tags): try cancelUpdate(tags)
        case .fetch(let command): try await fetch(command)
        case .store(let command): try await store(command)
        case .copy(let command): try await copy(command)
        case .move(let command): try await move(command)
        default: throw IMAPFailure.bad("Unknown command")
        }
    }
}
