import Glibc

enum SystemWords {
    static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
