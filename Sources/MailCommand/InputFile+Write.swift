package import MailTool

extension InputFile {
    /// All of it written, or an error.
    package static func write(_ text: String, to path: String) throws(ToolError) {
        let file = try OutputFile(path)
        try file.write(Array(text.utf8))
        try file.finish()
    }
}
