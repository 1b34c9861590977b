/// An envelope whose flap is a post horn's bell: drawn for 28 and for 180 pixels.
enum Icon {
    static let text = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#14506b"/>\
        <path d="M6 10h20v13H6z" fill="#fff"/><path d="M6 10l10 8 10-8" fill="none" stroke="#14506b" stroke-width="2"/>\
        <circle cx="25" cy="9" r="4" fill="#f2a33a"/></svg>
        """
}
