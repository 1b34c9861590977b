import Glibc

package enum ProcessNumber {
    package static var own: Int32 { getpid() }
}
