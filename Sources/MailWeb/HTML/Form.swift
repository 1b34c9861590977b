/// The parts of forms: each with a label, its help and what was wrong with it beside it, tied together for screen readers.
struct Field {
    enum Kind: String { case text, password, email, date, search }

    let name: String
    let label: String
    var kind = Kind.text
    var value = ""
    var help = ""
    var error: String?
    /// What password managers go by.
    var autocomplete = "off"
    var isRequired = true
    var longest = 254

    var html: HTML {
        // A password that was typed is never sent back.
        let kept: HTML = kind == .password ? "" : " value=\"\(value)\""
        let described: HTML = "\(help.isEmpty ? "" : name + "-help")\(error == nil ? "" : " " + name + "-error")"
        return """
            <div class="field\(error == nil ? "" : " wrong")">
            <label for="\(name)">\(label)</label>
            \(FieldNotes(name: name, help: help, error: error).html)
            <input id="\(name)" name="\(name)" type="\(kind.rawValue)"\(kept) autocomplete="\(autocomplete)" maxlength="\(longest)"\
            \(described.text.isEmpty ? "" : " aria-describedby=\"\(described)\"" as HTML)\
            \(error == nil ? "" : " aria-invalid=\"true\"" as HTML)\(isRequired ? " required" : "")>
            </div>

            """
    }
}

/// Several lines.
struct TextArea {
    let name: String
    let label: String
    var value = ""
    var help = ""
    var error: String?
    var rows = 6
    var longest = 4_000

    var html: HTML {
        let described: HTML = "\(help.isEmpty ? "" : name + "-help")\(error == nil ? "" : " " + name + "-error")"
        return """
            <div class="field\(error == nil ? "" : " wrong")">
            <label for="\(name)">\(label)</label>
            \(FieldNotes(name: name, help: help, error: error).html)
            <textarea id="\(name)" name="\(name)" rows="\(rows)" maxlength="\(longest)"\
            \(described.text.isEmpty ? "" : " aria-describedby=\"\(described)\"" as HTML)>
            \(value)</textarea>
            </div>

            """
    }
}

/// One of several.
struct Choice {
    let name: String
    let label: String
    let options: [(value: String, text: String)]
    var chosen = ""

    var html: HTML {
        let rows = options.map { option -> HTML in
            """
            <label class="choice"><input type="radio" name="\(name)" value="\(option.value)"\
            \(option.value == chosen ? " checked" : "")> \(option.text)</label>

            """
        }
        return "<fieldset><legend>\(label)</legend>\n\(rows)</fieldset>\n"
    }
}

private struct FieldNotes {
    let name: String
    let help: String
    let error: String?

    var html: HTML {
        let helpLine: HTML = help.isEmpty ? "" : "<p class=\"help\" id=\"\(name)-help\">\(help)</p>\n"
        let errorLine: HTML? = error.map { "<p class=\"error\" id=\"\(name)-error\">\($0)</p>\n" }
        return "\(helpLine)\(errorLine)"
    }
}
