import Glibc
import NIOCore

/// What an operator reads: "Address already in use".
enum ErrorText {
    static func of(_ error: any Error) -> String {
        (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
    }
}
