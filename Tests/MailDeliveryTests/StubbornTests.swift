import MailDelivery
import MailStore
import Testing

@Suite struct StubbornTests {
    @Test func whatFailsIsWrittenAgain() async {
        var (tries, noted) = (0, [StoreError]())
        await Stubborn.run { () throws(StoreError) in
            tries += 1
            if tries == 1 { throw .diskFull }
        } orNote: {
            noted.append($0)
        }
        #expect(tries == 2 && noted == [.diskFull])
    }

    @Test func aClosedStoreAndAnEndedTaskEndIt() async {
        var tries = 0
        await Stubborn.run { () throws(StoreError) in
            tries += 1
            throw .closed
        } orNote: { _ in
        }
        #expect(tries == 1)
        let task = Task {
            await Stubborn.run { () throws(StoreError) in
                throw .busy
            } orNote: { _ in
            }
        }
        task.cancel()
        await task.value
    }
}
