import MailWire

extension POP3Session {
    func dele(_ number: POP3MessageNumber, _ login: POP3Login) throws(POP3Error) {
        guard login.maildrop[number] != nil else { throw .noSuchMessage }
        login.maildrop.markDeleted(number)
        send(.ok("Marked"))
    }

    func rset(_ login: POP3Login) {
        login.maildrop.reset()
        send(.ok("\(login.maildrop.entries.count) messages"))
    }
}
