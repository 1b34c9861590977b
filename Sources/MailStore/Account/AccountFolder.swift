/// Where one account lives: `accounts/xx/<id>/db` and `accounts/xx/<id>/files/`.
struct AccountFolder: Sendable {
    static let fanOut: Int64 = 256
    let path: String
    let files: BodyFiles

    init(of account: AccountID, in store: String) {
        let bucket = account.value & (Self.fanOut - 1)
        let digits = String(bucket, radix: 16)
        path = "\(store)/accounts/\(digits.utf8.count < 2 ? "0" : "")\(digits)/\(account)"
        files = BodyFiles(root: path + "/files")
    }

    var database: String { path + "/db" }
    /// A rebuilt database on its way to be `db`.
    var repaired: String { database + "-repaired" }

    static let draftPrefix = "new-"
    func draftPath() -> String { "\(path)/\(Self.draftPrefix)\(BodyFiles.randomName())" }
}
