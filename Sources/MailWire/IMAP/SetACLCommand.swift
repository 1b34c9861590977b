package import MailMessage

/// SETACL (RFC 4314 §3.1).
package struct SetACLCommand: Sendable, Equatable {
    package enum Mode: Sendable, Equatable {
        case replace, add, remove
    }

    package let mailbox: WireMailbox
    package let identifier: [UInt8]
    package let mode: Mode
    package let rights: MailboxRights
}
