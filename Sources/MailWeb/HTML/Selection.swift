/// One of many, in a list that folds out.
struct Selection {
    let name: String
    let label: String
    let options: [(value: String, text: String)]
    var chosen = ""
    var error: String?

    var html: HTML {
        let rows = options.map { option -> HTML in
            "<option value=\"\(option.value)\"\(option.value == chosen ? " selected" : "")>\(option.text)</option>\n"
        }
        let line: HTML? = error.map { "<p class=\"error\" id=\"\(name)-error\">\($0)</p>\n" }
        let mark: HTML = error == nil ? "" : " aria-describedby=\"\(name)-error\" aria-invalid=\"true\""
        return """
            <div class="field\(error == nil ? "" : " wrong")"><label for="\(name)">\(label)</label>
            \(line)<select id="\(name)" name="\(name)"\(mark)>
            \(rows)</select></div>

            """
    }
}
