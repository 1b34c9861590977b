import MailAdmin
import MailMessage
import MailStore
import MailWire

/// Where one's mail goes on to.
enum ForwardPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let forward = try visit.owner().entry.forward
        return try page(visit, address: forward?.address.description ?? "", keeps: forward?.keepsCopy ?? true)
    }

    static func set(_ visit: Visit) async throws -> HTTPResponse {
        let (form, person, words) = (try visit.request.form(), try visit.owner(), visit.words)
        if form["do"] == "stop" {
            let administration = try visit.administration()
            do { _ = try await administration.setForward(nil, of: person.entry) } catch {
                guard let problem = error.problem(words) else { throw error }
                let forward = person.entry.forward
                return try page(
                    visit, address: forward?.address.description ?? "", keeps: forward?.keepsCopy ?? true,
                    problem: problem)
            }
            return .redirect(to: "/forward?done=stop")
        }
        let (typed, keeps) = (form["address"]?.trimmed ?? "", form["copy"] != "no")
        guard let address = EmailAddress(typed) else {
            let problem = words(
                "This is no mail address. It looks like name@example.org.",
                "Det är ingen e-postadress. En sådan ser ut som namn@example.org.")
            return try page(visit, address: typed, keeps: keeps, problem: problem)
        }
        let administration = try visit.administration()
        do {
            _ = try await administration.setForward(Forward(to: address, keepsCopy: keeps), of: person.entry)
        } catch {
            guard case .wrongData = error else { throw error }
            return try await page(visit, address: typed, keeps: keeps, problem: obstacle(to: address, visit))
        }
        return .redirect(to: "/forward?done=set")
    }

    private static func obstacle(to address: EmailAddress, _ visit: Visit) async throws -> String {
        let (entry, words) = (try visit.owner().entry, visit.words)
        return switch try await visit.site.store.directory.read({ try $0.obstacle(to: address, of: entry) }) {
        case .itself: words("This is your own address.", "Det är din egen adress.")
        case .nobody: words("Nobody here has this address.", "Ingen här har den adressen.")
        case .switchedOff, nil:
            words(
                "Your mail may not be sent on to other places. Ask your computer support.",
                "Din e-post får inte skickas vidare till andra ställen. Fråga din datorsupport.")
        }
    }

    private static func page(
        _ visit: Visit, address: String, keeps: Bool, problem: String? = nil
    ) throws -> HTTPResponse {
        let (words, forward) = (visit.words, try visit.owner().entry.forward)
        let field = Field(
            name: "address", label: words("Send my mail on to", "Skicka min e-post vidare till"), kind: .email,
            value: address, error: problem, autocomplete: "email")
        let copy = Choice(
            name: "copy", label: words("In this account", "I det här kontot"),
            options: [
                ("yes", words("keep a copy", "behåll en kopia")), ("no", words("keep nothing", "behåll inget")),
            ], chosen: keeps ? "yes" : "no")
        let stop: HTML? = forward.map { _ in
            " <button class=\"danger\" name=\"do\" value=\"stop\" formnovalidate>\(words("Stop forwarding", "Sluta skicka vidare"))</button>"
        }
        let now = forward.map { words("Now it goes on to \($0.address).", "Nu skickas den vidare till \($0.address).") }
        let content: HTML = """
            \(visit.done([
                "set": ("Saved. It holds for mail that comes from now on.", "Sparat. Det gäller brev som kommer från och med nu."),
                "stop": ("Your mail stays here.", "Din e-post stannar här."),
            ]))<p class="lead">\(now ?? words("Your mail stays here.", "Din e-post stannar här."))</p>
            <form method="post" action="/forward" class="card">\(visit.hiddenSecret)\(field.html)\(copy.html)
            <button name="do" value="set">\(words("Save", "Spara"))</button>\(stop)</form>
            """
        return visit.frame(words("Forwarding", "Vidarebefordran"))
            .response(problem == nil ? .ok : .unprocessableContent, content)
    }
}
