import Glibc
import MailTool

/// Signals, and what is asked at the control socket.
extension Supervisor {
    func obey(signal: Int32) {
        switch signal {
        case SIGCHLD: reap()
        case SIGTERM, SIGINT: stop()
        case SIGHUP: reload(client: nil)
        case SIGUSR1: logStatus()
        case SIGUSR2: upgrade(client: nil)
        default: break
        }
    }

    func obey(_ request: ControlRequest, client: Int32) {
        switch request {
        case .status: control.answer(client, ServerStatus(self).json, now: Uptime.now())
        case .reload: reload(client: client)
        case .upgrade: upgrade(client: client)
        case .drain:
            leavers.append(client)
            if case .serving = table.phase { stop() }
        }
    }

    /// The first time in good order, the second time at once.
    private func stop() {
        guard case .serving = table.phase else {
            hooks.log(.event, "ending_now", [])
            return perform(table.endNow())
        }
        hooks.log(.event, "draining", [("workers", "\(table.workers.count)")])
        hooks.tell(.stopping)
        if case .checking(let check, .start, _) = operation { Glibc.kill(check.pid, SIGKILL) }
        abandonOperation(.stopping)
        for material in materials.values { for socket in material.sockets { close(socket.descriptor) } }
        materials = [:]
        // Whoever comes next may begin while our last sessions end.
        lock?.release()
        lock = nil
        perform(table.drain(now: Uptime.now()))
    }

    private func logStatus() {
        let status = ServerStatus(self)
        hooks.log(.event, "status", status.summary)
        for row in status.rows { hooks.log(.event, "status", row.summary) }
    }
}
