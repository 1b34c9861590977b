/// A file that systemd hands to the service (LoadCredential=), named in the configuration as `${CREDENTIALS_DIRECTORY}/NAME`.
package enum CredentialPath {
    package static let variable = "CREDENTIALS_DIRECTORY"
    static let prefix = "${\(variable)}/"

    /// The path in `folder`; unchanged when it names no credential, or when nobody handed over a folder.
    package static func resolve(_ path: String, in folder: String?) -> String {
        guard path.hasPrefix(prefix), let folder, folder.hasPrefix("/") else { return path }
        return folder + "/" + path.dropFirst(prefix.count)
    }

    /// True for one that has not been found.
    package static func isOpen(_ path: String) -> Bool { path.hasPrefix(prefix) }
}

extension TLSSection {
    mutating func findCredentials(in folder: String?) {
        certificate = CredentialPath.resolve(certificate, in: folder)
        key = CredentialPath.resolve(key, in: folder)
        more = more.map { pair in
            pair.split(separator: ":").map { CredentialPath.resolve(String($0), in: folder) }.joined(separator: ":")
        }
    }
}

extension IdentitySection {
    mutating func findCredentials(in folder: String?) {
        oidcSecretFile = CredentialPath.resolve(oidcSecretFile, in: folder)
    }
}
