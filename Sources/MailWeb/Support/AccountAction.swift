import MailAdmin
import MailMessage
import MailStore
import MailWire

/// What is done to somebody else's account: each is a function of MailAdmin that `mailctl` calls too.
struct AccountAction {
    /// Said by the page that follows.
    static let news: [String: (english: String, swedish: String)] = [
        "quota": ("The limit is changed.", "Gränsen är ändrad."),
        "unlock": ("It is unlocked.", "Det är upplåst."),
        "end": ("They end within a few seconds.", "De avslutas inom några sekunder."),
        "release": ("The mail is on its way.", "Brevet är på väg."),
        "allow": ("It may send more now.", "Det får sända mer nu."),
        "disallow": ("The allowance is taken back.", "Tillåtelsen är tillbakatagen."),
        "class": ("The class is changed.", "Klassen är ändrad."),
        "suspend": ("The account is suspended.", "Kontot är avstängt."),
        "resume": ("The account is open again.", "Kontot är öppet igen."),
    ]
    private static let ofOperators = ["class", "suspend", "resume"]

    let visit: Visit
    let managed: Managed
    let reason: String
    private let administration: Administration

    static func change(_ visit: Visit) async throws -> HTTPResponse {
        let managed = try await visit.managed()
        guard managed.isChangeable else { throw WebError.notToBeChanged }
        var draft = AccountDraft(try visit.request.form())
        guard !ofOperators.contains(draft.action) || managed.scope.isEverybody else { throw WebError.notFound }
        let reason = draft.reason(visit.words)
        let change = try AccountAction(visit, managed, reason: reason ?? "")
        if draft.action == "link", reason != nil { return try await change.link(draft) }
        // What else is wrong is said at once, too.
        let isDone = try await change.carryOut(&draft, isAllowed: reason != nil)
        guard isDone, !draft.hasProblem else { return try await AccountPage.page(visit, managed, draft) }
        return .redirect(to: "\(managed.path)?done=\(draft.action)")
    }

    private init(_ visit: Visit, _ managed: Managed, reason: String) throws {
        (self.visit, self.managed, self.reason) = (visit, managed, reason)
        administration = try visit.administration(reason: reason)
    }

    private var words: Words { visit.words }
    private var entry: AccountEntry { managed.entry }

    private func carryOut(_ draft: inout AccountDraft, isAllowed: Bool) async throws -> Bool {
        switch draft.action {
        case "quota": try await setQuota(&draft, isAllowed)
        case "allow": try await allow(&draft, isAllowed)
        case "class": try await setClass(&draft, isAllowed)
        case "link" where !isAllowed: return false
        case "unlock", "end", "release", "disallow", "suspend", "resume":
            guard isAllowed else { return false }
            try await doPlain(&draft)
        default: throw WebError.notFound
        }
        return !draft.hasProblem
    }

    private func doPlain(_ draft: inout AccountDraft) async throws {
        switch draft.action {
        case "unlock": _ = try await administration.unlock(entry)
        case "end": try await end(&draft)
        case "release": try await release(&draft)
        case "disallow": _ = try await administration.revokeSending(.account(entry.id))
        case "suspend": _ = try await administration.suspend(entry, reason: reason)
        default: try await resume(&draft)
        }
    }

    // MARK: One after the other

    private func setQuota(_ draft: inout AccountDraft, _ isAllowed: Bool) async throws {
        let until = draft.day("until", after: visit.site.clock(), words)
        guard let size = size(&draft), isAllowed, !draft.hasProblem else { return }
        var order = QuotaOrder(size: size)
        (order.until, order.reason, order.needsPool) = (until, reason, !managed.scope.isEverybody)
        do {
            _ = try await administration.setQuota(order, of: entry)
        } catch {
            draft.refuse("size", try QuotaProblem.text(error, words))
        }
    }

    /// A helpdesk gives a size; what else a limit can be is for operators.
    private func size(_ draft: inout AccountDraft) -> SizeChange? {
        if let size = SizeChange(typed: draft["size"]) {
            if managed.scope.isEverybody { return size }
            switch size {
            case .set(.limit), .add, .addPercent: return size
            case .set(.unlimited), .inherit: break
            }
        }
        draft.refuse(
            "size", words("Give a size such as 1.5 GB or +200 MB.", "Ange en storlek som 1,5 GB eller +200 MB."))
        return nil
    }

    private func allow(_ draft: inout AccountDraft, _ isAllowed: Bool) async throws {
        let now = visit.site.clock()
        let until = draft.day("until", after: now, words)
        let most = recipients(draft["recipients"])
        if most == nil { draft.refuse("recipients", words("Give a number such as 500.", "Ange ett tal som 500.")) }
        if !managed.scope.isEverybody {
            let latest = now + Int64(WebLimits.mostAllowanceDays) * 86_400
            if until.map({ $0 > latest }) ?? true {
                let days = WebLimits.mostAllowanceDays
                draft.refuse(
                    "until",
                    words("Give a day, at most \(days) days from now.", "Ange en dag, högst \(days) dagar från nu."))
            }
        }
        guard isAllowed, !draft.hasProblem, let most else { return }
        try await administration.allowSending(.account(entry.id), most: most, until: until, reason: reason)
    }

    private func recipients(_ text: String) -> Int? {
        if managed.scope.isEverybody, text == "none" { return 0 }
        let bound = managed.scope.isEverybody ? 100_000_000 : WebLimits.mostAllowance
        return Int(text).flatMap { (1...bound).contains($0) ? $0 : nil }
    }

    private func setClass(_ draft: inout AccountDraft, _ isAllowed: Bool) async throws {
        var change = AccountChange()
        let text = draft["name"]
        let name = text.isEmpty ? nil : ClassName(text)
        guard text.isEmpty || name != nil else { throw WebError.notFound }
        change.accountClass = .set(name)
        guard isAllowed else { return }
        do { _ = try await administration.change(entry, change) } catch {
            switch error {
            case .noSuch:
                draft.refuse("name", words("There is no such class any more.", "Den klassen finns inte längre."))
            default: draft.refuse("name", try QuotaProblem.text(error, words))
            }
        }
    }

    private func resume(_ draft: inout AccountDraft) async throws {
        do { _ = try await administration.resume(entry) } catch {
            guard case .store(.notPermitted) = error else { throw error }
            draft.refuse(
                "reason",
                words(
                    "Its last day has come: that has to be changed first.",
                    "Dess sista dag har varit: den måste ändras först."))
        }
    }

    private func end(_ draft: inout AccountDraft) async throws {
        let which = draft["which"]
        var isEnded = true
        if which == "all" {
            _ = try await administration.endSessions(.account(entry.id))
        } else if which.hasPrefix("b."), let id = WebSessionID(text: String(which.dropFirst(2))) {
            isEnded = try await administration.endSession(id, of: entry)
        } else {
            isEnded = try await administration.endSession(String(which.dropFirst(2)), of: entry)
        }
        if !isEnded { draft.refuse("which", words("It has ended already.", "Den är redan avslutad.")) }
    }

    private func release(_ draft: inout AccountDraft) async throws {
        var entries: [QueueID] = []
        if draft["which"] == "all" {
            let held = try await administration.heldMail(of: entry, limit: AccountFacts.heldShown)
            for line in held where entries.last != line.entry { entries.append(line.entry) }
        } else if let number = Int64(draft["which"]) {
            entries = [QueueID(number)]
        }
        var count = 0
        for id in entries { count += try await administration.releaseHeld(id, of: entry) }
        if count == 0 {
            draft.refuse("which", words("Nothing of it is held any more.", "Inget av det hålls kvar längre."))
        }
    }

    /// It stands on the page that answers, and nowhere else.
    private func link(_ draft: AccountDraft) async throws -> HTTPResponse {
        guard entry.status.receivesMail, let hours = Int(draft["hours"]), LinkLife.all.contains(hours) else {
            throw WebError.notFound
        }
        let made = try await administration.passwordLink(
            for: entry, seconds: EpochSeconds(hours) * 3_600, site: visit.settings.siteAddress)
        let news: HTML = """
            <div class="notice good" role="status"><p>\(words(
                "The link, until \(words.moment(made.until)). It is not shown again.",
                "Länken, till \(words.moment(made.until)). Den visas inte igen."))</p>
            <p class="secret"><code>\(made.text)</code></p></div>

            """
        return try await AccountPage.page(visit, managed, news: news)
    }
}

extension SizeChange {
    /// With a comma for a point. Where three digits follow it, it parts thousands for some, and nobody knows which was meant.
    init?(typed text: String) {
        let tails = text.split(separator: ",", omittingEmptySubsequences: false).dropFirst()
        guard tails.allSatisfy({ (1...2).contains($0.prefix(while: \.isNumber).count) }),
            let size = try? SizeChange(text.replacing(",", with: "."))
        else { return nil }
        self = size
    }
}

/// Why a limit was not taken.
private enum QuotaProblem {
    static func text(_ error: AdminError, _ words: Words) throws -> String {
        switch error {
        case .store(.notPermitted):
            words(
                "Its organisation has no pool to give from: ask the operators.",
                "Dess organisation har ingen pott att ge ur: fråga operatörerna.")
        case .store(.overPool):
            words(
                "The pool of its organisation has not so much left.",
                "Organisationens pott har inte så mycket kvar.")
        case .wrongData:
            words("The limit cannot be changed like that.", "Gränsen kan inte ändras så.")
        default: throw error
        }
    }
}
