import Glibc
package import MailAdmin
package import MailConfig
package import MailStore
package import MailTool

/// Where the words and codes of errors are decided, once.
extension ToolError {
    package init(_ error: AdminError) {
        switch error {
        case .noSuch(let kind, _, _):
            let isMailbox = kind == "mailbox"
            self.init(
                .noSuchObject,
                isMailbox ? "mailbox_not_found" : "\(kind.split(separator: " ").joined(separator: "_"))_not_found",
                error.words)
        case .exists:
            self.init(.cannotCreate, "exists", error.words, hint: "use --if-exists skip or --if-exists update")
        case .wrongData: self.init(.data, "data", error.words)
        case .unavailable: self.init(.tryAgain, "unavailable", error.words)
        case .notRunning: self.init(.unavailable, "not_running", error.words, hint: "systemctl status posthus")
        case .file(let path, let code):
            let plain = ToolError.file(path == "-" ? "standard input" : path, errno: code)
            let user = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) }
            let hint = user.map { "\($0), whose store this is, needs the permission; an mbox can come through - and >" }
            self.init(
                plain.status, plain.identifier, plain.message, hint: plain.status == .permission ? hint : nil)
        case .store(let error): self.init(error)
        }
    }

    package init(_ error: StoreError) {
        switch error {
        case .noSuchMailbox: self.init(.noSuchObject, "mailbox_not_found", error.words)
        case .noSuchAccount, .noSuchMessage, .notFound: self.init(.noSuchObject, "not_found", error.words)
        case .exists: self.init(.cannotCreate, "exists", error.words)
        case .mailboxExists: self.init(.cannotCreate, "exists", error.description)
        case .mailboxHasChildren, .notPermitted, .tooManyKeywords, .tooMuchMetadata, .invalid:
            self.init(.data, "data", error.words)
        case .noRights, .noLongerShared: self.init(.permission, "no_rights", error.words)
        case .overQuota:
            self.init(.data, "over_quota", error.words, hint: "raise the limit, or repeat with --no-quota")
        case .overPool:
            self.init(
                .data, "over_pool", error.words,
                hint: "mail-quota set --org ORG --pool SIZE raises it; or lower another limit of the org first")
        case .busy: self.init(.tryAgain, "busy", "the store is busy", hint: "try again in a moment")
        case .outOfTime: self.init(.tryAgain, "time_limit", error.description)
        case .diskFull, .inputOutput: self.init(.inputOutput, "io", error.description)
        case .damaged:
            self.init(.unavailable, "damaged", error.words, hint: error.remedy ?? "mailctl store check")
        case .newerSchema: self.init(.unavailable, "newer_schema", error.description)
        case .closed: self.init(.internalError, "internal", error.description)
        case .stopped: self = StopSignal.error("stopped", hint: "run it again: it begins anew, or goes on")
        }
    }

    package init(_ error: ConfigurationError) {
        self.init(
            .configuration, "configuration",
            error.problems.map(\.description).joined(separator: "\n"))
    }

    package static func opening(_ path: String, _ error: StoreError) -> ToolError {
        guard access(path, F_OK) == 0 || errno == EACCES else {
            return ToolError(
                .unavailable, "no_store", "there is no store at \(path)",
                hint: "make one with: mailctl store init --store \(path) DOMAIN")
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            return ToolError(
                .permission, "permission", "the store at \(path) is not yours to use",
                hint: "run as root or as its owner")
        }
        let mapped = ToolError(error)
        let status = mapped.status == .tryAgain || mapped.status == .inputOutput ? mapped.status : .unavailable
        return ToolError(status, mapped.identifier, "cannot open the store at \(path): \(error)", hint: mapped.hint)
    }
}
