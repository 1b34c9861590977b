/// LOGIN has no standard, only habit (draft-murchison-sasl-login): two prompts, two answers.
package enum LoginPrompt {
    package static let user = Array("Username:".utf8)
    package static let password = Array("Password:".utf8)
}
