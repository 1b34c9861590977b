/// What glibc's heap is told before a process begins, and cannot be told later.
enum HeapTuning {
    private static let variable = "GLIBC_TUNABLES"
    private static let perThread = "glibc.malloc.tcache_count"

    /// No thread keeps freed pieces for itself. By default each keeps up to seven of each of 64 sizes, for ever and wherever they
    /// lie: a worker's sixteen threads fill theirs for hours, and hold pages that are otherwise free.
    static func added(to environment: [String]) -> [String] {
        let ours = "\(perThread)=0"
        guard let index = environment.firstIndex(where: { $0.hasPrefix("\(variable)=") }) else {
            return environment + ["\(variable)=\(ours)"]
        }
        var result = environment
        if !result[index].contains(perThread) { result[index] += ":\(ours)" }
        return result
    }
}
