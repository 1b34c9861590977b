extension IdentitySection {
    /// Of the organisation's provider, for `login = "oidc"`.
    static let oidcKeys: [ConfigurationKey<IdentitySection>] = [
        .init(
            "oidc_issuer", \.oidcIssuer, .text,
            "The OpenID provider, such as \"https://login.example.org/realms/staff\", exactly as it calls itself; the rest is read "
                + "from its /.well-known/openid-configuration. The address to register there: that of the pages (web.address) "
                + "with /login/callback."),
        .init("oidc_client", \.oidcClient, .text, "What this server is called there (client_id)."),
        .init(
            "oidc_secret_file", \.oidcSecretFile, .path,
            "A file with the secret of this client on its first line, which only server.user can read. Empty: a public client; "
                + "PKCE is used in any case."),
        .init(
            "oidc_name", \.oidcName, .text,
            "What people know the provider as, for the button of the login page. Empty: web.organisation."),
        .init(
            "oidc_scope", \.oidcScope, .text,
            "What is asked for, with spaces between; \"openid\" has to be among it."),
        .init(
            "oidc_claim", \.oidcClaim, .text,
            "What the provider tells that is somebody's login here, or the address of the account itself; an alias leads nowhere. Take "
                + "one that people cannot change themselves: whoever can call himself another there is that other here. email "
                + "counts only where the provider says with it that it is verified (email_verified)."),
        .init(
            "oidc_ca_file", \.oidcCAFile, .path,
            "Authorities, as PEM, that the provider's certificate may come from. Empty: those of this system."),
    ]
}
