// The walk through every combination of classes of a table's keys, with a bound on its work.

/// Finds the inputs that no row of a table fits, and those that several fit.
struct CoverageSearch {
  /// Two rows that fit one input.
  struct Overlap {
    let first: Int
    let second: Int
    let inputs: String
  }

  let keys: [KeyClasses]
  let rowCount: Int
  /// The inputs without a row, in the order of the keys' classes.
  private(set) var gaps: [String] = []
  /// Each pair of rows once.
  private(set) var overlaps: [Overlap] = []
  /// Whether the search ended before every combination was seen.
  private(set) var isCut = false
  private var work = 0
  private var seenPairs = Set<[Int]>()

  private static let workLimit = 200_000
  private static let findingLimit = 20

  init(keys: [KeyClasses], rowCount: Int) {
    self.keys = keys
    self.rowCount = rowCount
  }

  /// Searches, unless a key could not be cut into classes.
  mutating func run(isWhole: Bool) {
    guard isWhole else {
      isCut = true
      return
    }
    visit(0, Array(0..<rowCount), others: [:], inputs: [])
  }

  /// - Parameters:
  ///   - candidates: The rows that fit the classes chosen so far, in order.
  ///   - others: How many `other` cells a row has used, where it has.
  private mutating func visit(
    _ key: Int, _ candidates: [Int], others: [Int: Int], inputs: [String]
  ) {
    guard work < Self.workLimit, gaps.count < Self.findingLimit,
      overlaps.count < Self.findingLimit
    else {
      isCut = true
      return
    }
    guard !candidates.isEmpty else {
      gaps.append(inputs.joined(separator: ", "))
      return
    }
    guard key < keys.count else {
      decide(candidates, others, inputs)
      return
    }
    work += candidates.count
    let isCandidate = Set(candidates)
    let any = keys[key].any.filter(isCandidate.contains)
    let other = candidates.filter(keys[key].other.contains)
    for keyClass in keys[key].classes {
      work += keyClass.rows.count + any.count + other.count + 1
      let kept = (keyClass.rows.filter(isCandidate.contains) + any + other).sorted()
      var used = others
      for row in other { used[row, default: 0] += 1 }
      visit(
        key + 1, kept, others: used, inputs: inputs + ["\(keys[key].name) \(keyClass.words)"])
    }
  }

  /// Of the rows that fit, one with fewer `other` cells goes before one with more.
  private mutating func decide(_ candidates: [Int], _ others: [Int: Int], _ inputs: [String]) {
    guard let fewest = candidates.map({ others[$0] ?? 0 }).min() else { return }
    let fitting = candidates.filter { (others[$0] ?? 0) == fewest }
    guard fitting.count > 1, seenPairs.insert([fitting[0], fitting[1]]).inserted else { return }
    overlaps.append(
      Overlap(first: fitting[0], second: fitting[1], inputs: inputs.joined(separator: ", ")))
  }
}
