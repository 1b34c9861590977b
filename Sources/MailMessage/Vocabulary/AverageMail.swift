/// A limit means more to people as a number of mails.
package enum AverageMail {
    package static let bytes: Int64 = 5_000

    package static func count(in limit: Int64) -> Int64 { max(0, limit) / bytes }
}
