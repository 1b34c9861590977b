"""Every page as somebody new sees it: two languages, light and dark, from a telephone to a wide screen, with and without script."""
import itertools

from axe_playwright_python.sync_playwright import Axe
from bed import Person

OPEN = ["/", "/login", "/settings", "/no-such-page"]
OWN = ["/home", "/password", "/devices", "/space", "/restore", "/forward", "/away", "/trail", "/profile"]
TITLES = {"en-GB": "Getting started", "sv-SE": "Kom igång"}
GUISES = list(itertools.product(TITLES, ("light", "dark"), (320, 768, 1920)))


def look_at_login(site, browser, pictures, name):
    """Where people log in by another way, as somebody new sees it."""
    for language, scheme, width in GUISES:
        person = Person(site, browser, "nobody", language, color_scheme=scheme, viewport={"width": width, "height": 900})
        look(person, "/login", language, scheme, width, pictures, name)
        person.close()


def test_every_page_in_every_guise(site, browser, pictures):
    for number, (language, scheme, width) in enumerate(GUISES):
        person = Person(site, browser, f"u{12 + number:05d}@example.test", language, color_scheme=scheme,
                        viewport={"width": width, "height": 900})
        for path in OPEN:
            look(person, path, language, scheme, width, pictures)
        person.login()
        for path in OWN:
            look(person, path, language, scheme, width, pictures)
        person.close()


def look(person, path, language, scheme, width, pictures, name=None):
    answer = person.go(path)
    page = person.page
    assert answer.status == (404 if path == "/no-such-page" else 200), (path, answer.status)
    assert page.get_attribute("html", "lang") == language[:2]
    assert TITLES[language] in person.text("nav")
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    assert wide <= width, f"{path} is {wide} wide on {width}"
    found = Axe().run(page)
    assert found.violations_count == 0, (path, language, scheme, width, found.generate_report())
    if pictures:
        name = name or path.strip("/").replace("/", "-") or "start"
        page.screenshot(path=str(pictures / f"{name}-{language[:2]}-{scheme}-{width}.png"), full_page=True)


def test_without_script(site, browser):
    person = Person(site, browser, "u00025@example.test", java_script_enabled=False)
    person.login()
    assert person.path == "/home"
    person.go("/profile")
    person.page.fill("#name", "No Script")
    person.page.click("main form button")
    assert person.page.input_value("#name") == "No Script"
    person.go("/")
    person.page.click("text=Svenska")
    assert person.page.get_attribute("html", "lang") == "sv" and person.path == "/"
    person.close()


def test_with_the_keyboard(site, browser):
    """From the top of the first page to a login without a mouse."""
    person = Person(site, browser, "u00026@example.test")
    person.go("/login")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.activeElement.className") == "skip"
    person.page.keyboard.press("Enter")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.activeElement.id") == "name"
    person.page.keyboard.type(person.user)
    person.page.keyboard.press("Tab")
    person.page.keyboard.type("secret")
    person.page.keyboard.press("Enter")
    person.page.wait_for_url("**/home")
    person.close()
