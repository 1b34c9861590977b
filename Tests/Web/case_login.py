"""Logging in and out, and whose form is believed."""
from bed import PASSWORD, Person


def test_wrong_and_right(site, browser):
    person = Person(site, browser, "u00001@example.test")
    person.go("/password")
    assert person.path == "/login?back=%2Fpassword", person.path
    person.page.fill("#name", person.user)
    person.page.fill("#password", "not-the-password")
    person.page.click("main form button")
    assert "wrong" in person.text("[role=alert]")
    # What was typed stays, the password does not.
    assert person.page.input_value("#name") == person.user and person.page.input_value("#password") == ""
    assert "not-the-password" not in person.page.content()
    person.page.fill("#password", PASSWORD)
    person.page.click("main form button")
    assert person.path == "/password", person.path
    cookie = next(each for each in person.context.cookies() if each["name"] == "__Host-session")
    assert cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["expires"] == -1
    person.page.click("form.account button")
    assert person.path == "/"
    person.context.add_cookies([cookie])
    person.go("/home")
    assert person.path == "/login", "an ended session was taken again"
    person.close()


def test_the_same_answer_for_nobody(site, browser):
    person = Person(site, browser, "u00002@example.test")
    person.login("wrong")
    known = person.text()
    person.user = "nobody-at-all@example.test"
    person.login("wrong")
    assert person.text() == known
    person.close()


def test_leads_nowhere_else(site, browser):
    for back in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        person = Person(site, browser, "u00003@example.test")
        person.page.goto(f"{site.base}/login?back={back}")
        person.page.fill("#name", person.user)
        person.page.fill("#password", PASSWORD)
        person.page.click("main form button")
        assert person.path == "/home", (back, person.page.url)
        person.close()


def test_a_form_from_elsewhere(site, browser):
    person = Person(site, browser, "u00004@example.test")
    person.login()
    cookie = next(each for each in person.context.cookies() if each["name"] == "__Host-session")["value"]
    secret = person.page.get_attribute("input[name=form]", "value")
    jar = ("--cookie", f"__Host-session={cookie}")
    own = ("--header", f"Origin: {site.base}")
    body = ("--data-urlencode", f"form={secret}", "--data-urlencode", "name=Mallory")
    for options in (
        [*jar, *own, "--data", "name=Mallory"],
        [*jar, *own, "--data", "form=0000&name=Mallory"],
        [*jar, *body, "--header", "Origin: https://evil.example"],
        [*jar, *body, "--header", "Origin: null"],
        [*jar, *body, "--header", "Sec-Fetch-Site: cross-site"],
    ):
        status, _, text = site.curl("/profile", *options)
        assert status == 403 and "Nothing was changed" in text, (options, status)
    assert "Mallory" not in site.mailctl("account", "show", person.user)
    status, _, _ = site.curl("/profile", *jar, *own, *body)
    assert status == 303
    assert "Mallory" in site.mailctl("account", "show", person.user)
    person.close()


def test_a_suspended_person_is_out(site, browser):
    person = Person(site, browser, "u00005@example.test")
    person.login()
    assert person.path == "/home"
    site.mailctl("account", "suspend", person.user, "--reason", "test")
    # The directory is believed for a second.
    person.page.wait_for_timeout(2_500)
    person.go("/home")
    assert person.path == "/login"
    person.login()
    assert "closed" in person.text("[role=alert]")
    person.close()


def test_whoever_was_suspended_logs_in_anew(site, browser):
    person = Person(site, browser, "u00021@example.test")
    person.login()
    assert person.path == "/home"
    site.mailctl("account", "suspend", person.user, "--reason", "a look at it")
    site.mailctl("account", "resume", person.user)
    person.go("/home")
    assert person.path == "/login", "the session has outlived the suspension"
    person.login()
    assert person.path == "/home"
    person.close()


def test_the_password_of_a_program_opens_nothing_here(site, browser):
    person = Person(site, browser, "u00021@example.test")
    secret = site.mailctl("password", "app", "add", person.user, "phone", words=3).strip().splitlines()[0]
    person.login(secret)
    assert person.path == "/login" and "password of one program" in person.text("[role=alert]"), person.text()
    person.close()
