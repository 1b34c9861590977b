import CGlibc
import Glibc

/// Where this program lies.
package enum ProgramPath {
    /// The very file that runs, though another one has its name by now: for workers of the same version.
    package static let running = "/proc/self/exe"

    private static let executedName: UInt = 31  // AT_EXECFN

    /// The name it was started by: after an installation, the new version. Asked before anybody changes the folder.
    package static func installed() -> String {
        let address = UInt(getauxval(executedName))
        guard let name = UnsafePointer<CChar>(bitPattern: address) else { return running }
        let path = String(cString: name)
        // A handed-over program was executed by this very path, so it is absolute then.
        guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }
}
