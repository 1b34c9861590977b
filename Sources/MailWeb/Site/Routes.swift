/// Every place there is.
enum Routes {
    static let all: [Route] = open + own + forOthers + forAll + programs

    /// For whoever comes by.
    private static let open = [
        Route("/", get: { try await StartPage.show($0) }),
        Route("/login", get: { LoginPage.show($0) }, post: { try await LoginPage.enter($0) }),
        Route("/login/oidc", get: { try await ProviderLogin.begin($0) }),
        Route("/login/callback", get: { try await ProviderLogin.comeBack($0) }),
        Route("/language", get: { LanguageChoice.choose($0) }),
        Route("/settings", get: { try await SettingsPage.show($0) }),
        Route("/reset/*", get: { try await ResetPage.show($0) }),
        Route("/reset", post: { try await ResetPage.set($0) }),
        Route("/static/*", get: { try StaticFiles.send($0) }),
    ]

    /// For whoever has logged in.
    private static let own = [
        Route("/home", .person, get: { try await HomePage.show($0) }),
        Route("/password", .person, get: { try await PasswordPage.show($0) }, post: { try await PasswordPage.set($0) }),
        Route("/password/strength", .person, post: { try await StrengthAnswer.judge($0) }),
        Route("/away", .person, get: { try await AwayPage.show($0) }, post: { try await AwayPage.set($0) }),
        Route("/devices", .person, get: { try await DevicesPage.show($0) }, post: { try await DevicesPage.change($0) }),
        Route("/space", .person, get: { try await SpacePage.show($0) }),
        Route(
            "/restore", .person, get: { try await RestorePage.show($0) }, post: { try await RestorePage.change($0) }),
        Route("/forward", .person, get: { try await ForwardPage.show($0) }, post: { try await ForwardPage.set($0) }),
        Route("/trail", .person, get: { try await TrailPage.show($0) }),
        Route("/profile", .person, get: { try await ProfilePage.show($0) }, post: { try await ProfilePage.set($0) }),
        Route("/logout", .person, post: { try await LoginPage.leave($0) }),
    ]

    /// For whoever helps others.
    private static let forOthers = [
        Route("/support", .helpdesk, get: { try await SearchPage.show($0) }),
        Route(
            "/support/account/*", .helpdesk, get: { try await AccountPage.show($0) },
            post: { try await AccountAction.change($0) }),
        Route("/support/account/*/trail", .helpdesk, get: { try await AccountTrailPage.show($0) }),
    ]

    /// For operators.
    private static let forAll = [
        Route("/admin", .operators, get: { try await OverviewPage.show($0) }),
        Route(
            "/admin/queue", .operators, get: { try await QueuePage.show($0) }, post: { try await QueuePage.change($0) }),
        Route("/admin/trail", .operators, get: { try await OperatorTrailPage.show($0) }),
        Route("/admin/roles", .operators, get: { try await RolesPage.show($0) }),
    ]

    /// For mail programs that set themselves up.
    private static let programs: [Route] =
        [
            Route("/mail/config-v1.1.xml", isForPrograms: true, get: { try await AutoconfigPage.show($0) }),
            Route(
                "/.well-known/autoconfig/mail/config-v1.1.xml", isForPrograms: true,
                get: { try await AutoconfigPage.show($0) }),
            Route(
                "/.well-known/user-agent-configuration.json", isForPrograms: true,
                get: { try await AutoconfigPage.showHosts($0) }),
            Route("/.well-known/mta-sts.txt", isForPrograms: true, get: { try await AutoconfigPage.showPolicy($0) }),
            Route("/settings/mail.mobileconfig", .person, get: { try await AppleProfilePage.send($0) }),
            Route(
                "/autodiscover/autodiscover.json", isForPrograms: true, get: { try await AutodiscoverPage.point($0) }),
            Route(
                "/autodiscover/autodiscover.json/v1.0/*", isForPrograms: true,
                get: { try await AutodiscoverPage.point($0) }),
        ]
        + ["/autodiscover/autodiscover.xml", "/Autodiscover/Autodiscover.xml", "/AutoDiscover/AutoDiscover.xml"].map {
            Route($0, isForPrograms: true, post: { try await AutodiscoverPage.answer($0) })
        }
}
