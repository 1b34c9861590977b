import Glibc
import Testing

@testable import MailSupervisor

@Suite struct ConfinementPlanTests {
    @Test(arguments: [
        (1, 13), (2, 14), (3, 15), (4, 15), (5, 16), (7, 16), (99, 16),
    ])
    func aKernelIsAskedOnlyForWhatItKnows(version: Int, bits: Int) {
        #expect(LandlockRights.known(to: version).rawValue == (1 << UInt64(bits)) - 1)
        #expect((LandlockScope.known(to: version).network != 0) == (version >= 4))
        #expect((LandlockScope.known(to: version).scoped != 0) == (version >= 6))
    }

    @Test func nobodyMayRunAProgram() {
        let plans: [ConfinementPlan] = [
            .serving(store: "/s", files: ["/etc/posthus/mail.conf"]), .watching(socketFolder: "/s/run"),
        ]
        for allowance in plans.flatMap(\.allowances) { #expect(!allowance.rights.contains(.execute)) }
    }

    @Test func onlyTheStoreCanBeWritten() {
        let plan = ConfinementPlan.serving(store: "/s", files: ["/etc/posthus/mail.conf"])
        let writable = plan.allowances.filter { $0.rights.contains(.writeFile) }.map(\.path)
        #expect(writable == ["/s", "/dev/null"])
        #expect(plan.temporaryFolder == "/s/spool")
    }

    @Test func theWatcherHasNoStore() {
        #expect(!ConfinementPlan.watching(socketFolder: nil).allowances.contains { $0.rights.contains(.makeSocket) })
        let paths = ConfinementPlan.watching(socketFolder: "/s/run/monitor").allowances.map(\.path)
        #expect(paths.first == "/s/run/monitor")
        #expect(!paths.contains("/s"))
    }

    /// A renewed certificate is another file: its folder counts. But never all of /etc.
    @Test(arguments: [
        ("/no/such/folder/key.pem", ["/no/such/folder"]), ("/etc/key-of-nobody.pem", ["/etc/key-of-nobody.pem"]),
        ("/key-of-nobody.pem", ["/key-of-nobody.pem"]),
    ])
    func folders(file: String, expected: [String]) {
        #expect(ConfinementPlan.readable(file) == expected)
    }

    @Test func aSymbolicLinkLeadsToBothFolders() throws {
        let folder = "/tmp/posthus-links-\(getpid())"
        for name in ["", "/live", "/archive"] { mkdir(folder + name, 0o700) }
        let file = folder + "/archive/key1.pem"
        close(open(file, O_CREAT | O_WRONLY, 0o600))
        symlink("../archive/key1.pem", folder + "/live/key.pem")
        defer {
            for name in ["/live/key.pem", "/archive/key1.pem"] { unlink(folder + name) }
            for name in ["/live", "/archive", ""] { rmdir(folder + name) }
        }
        #expect(ConfinementPlan.readable(folder + "/live/key.pem") == [folder + "/live", folder + "/archive"])
    }
}
