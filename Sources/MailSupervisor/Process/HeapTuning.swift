/// What glibc's heap is told before a process begins, and cannot be told later.
enum HeapTuning {
    private static let variable = "GLIBC_TUNABLES"
    private static let lists = "glibc.malloc.tcache"

    /// A thread keeps freed pieces of up to 512 octets for itself. By default it is up to seven of each size up to 1,032, for ever
    /// and wherever they lie: a worker's sixteen threads fill their lists for hours, and hold pages that are otherwise free.
    /// Without any list a search for texts takes a sixth longer.
    static func added(to environment: [String]) -> [String] {
        let ours = "\(lists)_max=512"
        guard let index = environment.firstIndex(where: { $0.hasPrefix("\(variable)=") }) else {
            return environment + ["\(variable)=\(ours)"]
        }
        var result = environment
        if !result[index].contains(lists) { result[index] += ":\(ours)" }
        return result
    }
}
