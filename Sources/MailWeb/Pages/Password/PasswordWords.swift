import MailIdentity

/// Why a password was not taken.
enum PasswordWords {
    static func text(_ refusal: PasswordPolicy.Refusal, _ words: Words) -> String {
        switch refusal {
        case .tooShort(let minimum):
            words("It is shorter than \(minimum) characters.", "Det är kortare än \(minimum) tecken.")
        case .tooLong: words("It is too long.", "Det är för långt.")
        case .invalidCharacters:
            words("It has characters that no password may have.", "Det innehåller tecken som inget lösenord får ha.")
        case .likeName: words("It is your own name.", "Det är ditt eget namn.")
        case .tooSimple: words("It repeats one or two characters.", "Det upprepar ett eller två tecken.")
        case .tooCommon:
            words("It is among the first that anybody would try.", "Det är bland de första som någon skulle prova.")
        }
    }
}

/// What makes a password weak, and what helps.
enum StrengthWords {
    static func text(_ reason: PasswordStrength.Reason, _ words: Words) -> String {
        switch reason {
        case .commonPassword: words("Many people use it.", "Många använder det.")
        case .commonWord: words("It is a common word.", "Det är ett vanligt ord.")
        case .ownName: words("It is made of your name.", "Det är gjort av ditt namn.")
        case .keyboardRun: words("It runs along the keyboard.", "Det följer tangentbordet.")
        case .sequence: words("It counts or spells in order.", "Det räknar eller bokstaverar i ordning.")
        case .repetition: words("It repeats itself.", "Det upprepar sig.")
        case .date: words("It is a date.", "Det är ett datum.")
        case .tooShort: words("It is short.", "Det är kort.")
        }
    }

    static func text(_ advice: PasswordStrength.Advice, _ words: Words) -> String {
        switch advice {
        case .addWords: words("Add another word or two.", "Lägg till ett eller två ord.")
        case .avoidNames: words("Leave your own name out.", "Undvik ditt eget namn.")
        case .avoidDates: words("Leave dates and years out.", "Undvik datum och årtal.")
        case .avoidSequences: words("Leave “abc” and “123” out.", "Undvik ”abc” och ”123”.")
        case .avoidKeyboardRuns: words("Leave rows of keys out.", "Undvik tangentrader.")
        case .avoidRepetition: words("Do not repeat.", "Upprepa inte.")
        case .capitalsHelpLittle: words("Capitals help little.", "Stora bokstäver hjälper föga.")
        case .replacementsHelpLittle: words("“@” for “a” helps little.", "”@” för ”a” hjälper föga.")
        case .reversalHelpsLittle: words("Backwards helps little.", "Baklänges hjälper föga.")
        }
    }
}
