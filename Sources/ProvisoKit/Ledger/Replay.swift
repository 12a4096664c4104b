// Performs recorded entries again, from the recorded ruleset and the contract, and compares.

import ProvisoContracts
package import ProvisoLedger
import ProvisoLog
package import ProvisoReports
import ProvisoSource

/// What performing an entry again came to.
package enum ReplayOutcome: Sendable {
  /// The same leaf, byte for byte.
  case same
  /// Another: where it differs, and the first step that came out otherwise, where one can be told.
  case different([LeafDifference], step: DerivationDifference?)
  /// The contract is not kept, and none with its digest was given.
  case contractMissing
  /// None with its digest was given, and one with its id was: the digest of that one.
  case contractChanged(digest: String)
  /// This version of Proviso refuses the recorded ruleset or the contract; why, in words.
  case refused(String)
}

/// An entry that was performed again.
package struct ReplayedEntry: Sendable {
  package let position: Int
  package let run: Int
  package let contract: String
  package let outcome: String
  /// The version of Proviso that recorded it.
  package let engine: String
  package let replay: ReplayOutcome
}

/// Performs entries of one ledger again; each ruleset is read once.
package final class Replayer {
  private let ledger: Ledger
  private let name: String
  private let given: GivenContracts?
  /// By the digests of the versions, in order.
  private var known: [[String]: Result<Editions, RefusedRuleset>] = [:]
  private let runs: [RecordedRun]
  /// The given contracts as far as they were read, for whichever rulesets.
  private var reading: (key: [String], stream: GivenContracts.Stream)?

  /// So many entries are looked for in one pass over the given contracts.
  private let groupSize: Int

  /// Performs entries of an open ledger again.
  ///
  /// - Parameter groupSize: So many are looked for together; another number for tests.
  package init(
    _ ledger: Ledger, named name: String, contracts given: GivenContracts? = nil,
    groupSize: Int = 1 << 16
  ) throws(LedgerAccessFailure) {
    self.groupSize = groupSize
    self.ledger = ledger
    self.name = name
    self.given = given
    runs = try onLedger(name) { () throws(LedgerFailure) in try ledger.runs() }
  }

  /// Performs an entry again.
  package func replay(_ position: Int) throws(LedgerAccessFailure) -> ReplayedEntry {
    guard let entry = try replay(group: [position]).first else {
      throw LedgerAccessFailure(.absent("entry \(position)"), ledger: name)
    }
    return entry
  }

  /// Performs entries again, some at a time, and hands each over in the order given.
  ///
  /// The given contracts are read in the order of their file, and gone on with where the entries
  /// before left off: a run whose contracts come in its own order takes one pass over them. What is
  /// held does not grow with the file.
  package func replay(
    _ positions: some RandomAccessCollection<Int>, _ take: (ReplayedEntry) -> Void
  ) throws(LedgerAccessFailure) {
    var start = positions.startIndex
    while start != positions.endIndex {
      let end =
        positions.index(start, offsetBy: groupSize, limitedBy: positions.endIndex)
        ?? positions.endIndex
      for entry in try replay(group: Array(positions[start..<end])) { take(entry) }
      start = end
    }
  }

  // MARK: A group of entries

  /// An entry whose contract is looked for.
  private struct Sought {
    let position: Int
    let run: RunOpening
    let editions: Editions
    let contract: String
    let digest: LogHash
  }

  private func replay(group positions: [Int]) throws(LedgerAccessFailure) -> [ReplayedEntry] {
    var found: [ReplayedEntry?] = Array(repeating: nil, count: positions.count)
    var sought: [Int: Sought] = [:]
    for (place, position) in positions.enumerated() {
      let recorded = try recorded(position)
      switch try editions(of: recorded.run) {
      case .failure(let refusal): found[place] = recorded.entry(.refused(refusal.words))
      case .success(let editions):
        guard let digest = logHash(ofDigest: recorded.digest) else {
          found[place] = recorded.entry(.contractMissing)
          continue
        }
        sought[place] = Sought(
          position: position, run: recorded.run, editions: editions, contract: recorded.contract,
          digest: digest)
      }
    }
    // In order, so that nothing depends on how a dictionary is laid out.
    for places in parts(of: sought.keys.sorted(), sought) {
      try search(places, &sought, &found)
    }
    for place in sought.keys.sorted() {
      guard let entry = sought[place] else { continue }
      let kept = try onLedger(name) { () throws(LedgerFailure) in
        try ledger.content(entry.digest)
      }
      guard let kept else { continue }
      sought[place] = nil
      let text =
        ContractRows.contract(kept, for: entry.editions.rulesets[0].checked)
        ?? ContractText(json: kept)
      found[place] = try perform(entry.position, text)
    }
    for places in parts(of: sought.keys.sorted(), sought) {
      try tellChanged(places, sought, &found)
    }
    return found.compactMap { $0 }
  }

  /// Places of a group, those together whose contracts are read alike.
  private func parts(of places: [Int], _ sought: [Int: Sought]) -> [[Int]] {
    guard let given else { return [places] }
    var parts: [(key: [String], places: [Int])] = []
    for place in places {
      let key = given.dependsOnRuleset ? sought[place]?.run.rulesets.map(\.digest) ?? [] : []
      if let part = parts.firstIndex(where: { $0.key == key }) {
        parts[part].places.append(place)
      } else {
        parts.append((key, [place]))
      }
    }
    return parts.map(\.places)
  }

  /// Looks for contracts among those given, by their digests, and performs the entries they are
  /// found for.
  private func search(
    _ places: [Int], _ sought: inout [Int: Sought], _ found: inout [ReplayedEntry?]
  ) throws(LedgerAccessFailure) {
    guard let given, let first = places.first.flatMap({ sought[$0] }) else { return }
    var wanted: [LogHash: [Int]] = [:]
    for place in places {
      if let entry = sought[place] { wanted[entry.digest, default: []].append(place) }
    }
    let key = given.dependsOnRuleset ? first.run.rulesets.map(\.digest) : []
    if reading?.key != key { reading = nil }
    var stream: GivenContracts.Stream
    if let reading {
      stream = reading.stream
    } else {
      stream = try self.stream(of: given, for: first)
    }
    // Once around: from where the last search ended to the end, and from the beginning to there.
    let left = stream.count
    var isAround = left == 0
    while !wanted.isEmpty {
      if isAround, left > 0, stream.count >= left { break }
      guard let contract = try next(of: stream) else {
        guard !isAround else { break }
        isAround = true
        stream = try self.stream(of: given, for: first)
        continue
      }
      for digest in contract.digests {
        for place in wanted.removeValue(forKey: digest) ?? [] {
          guard let entry = sought.removeValue(forKey: place) else { continue }
          // An entry may name the row by the JSON that it stands for.
          let text =
            digest == contract.digests.first ? contract : ContractText(json: contract.json)
          found[place] = try perform(entry.position, text)
        }
      }
    }
    reading = (key, stream)
  }

  /// Of contracts that were not found, tells those of which one with the same id was given.
  private func tellChanged(
    _ places: [Int], _ sought: [Int: Sought], _ found: inout [ReplayedEntry?]
  ) throws(LedgerAccessFailure) {
    guard let first = places.first.flatMap({ sought[$0] }) else { return }
    var wanted: [String: [Int]] = [:]
    for place in places {
      guard let entry = sought[place] else { continue }
      found[place] = try recorded(entry.position).entry(.contractMissing)
      wanted[entry.contract, default: []].append(place)
    }
    guard let given else { return }
    let stream = try self.stream(of: given, for: first)
    while !wanted.isEmpty, let contract = try next(of: stream) {
      let file = SourceFile(id: SourceID(0), name: "", bytes: contract.json)
      guard let id = readContract(file, for: first.editions.rulesets[0].checked, only: []).id,
        let places = wanted.removeValue(forKey: id), let digest = contract.digest
      else { continue }
      for place in places {
        guard let entry = sought[place] else { continue }
        found[place] = try recorded(entry.position).entry(.contractChanged(digest: digest.text))
      }
    }
  }

  private func stream(
    of given: GivenContracts, for entry: Sought
  ) throws(LedgerAccessFailure) -> GivenContracts.Stream {
    do throws(FileFailure) {
      return try given.stream(for: entry.editions.rulesets[0].checked)
    } catch { throw LedgerAccessFailure(error) }
  }

  private func next(
    of stream: GivenContracts.Stream
  ) throws(LedgerAccessFailure) -> ContractText? {
    do throws(FileFailure) { return try stream.next() } catch { throw LedgerAccessFailure(error) }
  }

  // MARK: One entry

  /// An entry as it was recorded.
  private struct Recorded {
    let position: Int
    let run: RunOpening
    let leaf: [UInt8]
    let value: JSONValue
    let contract: String
    let digest: String
    let outcome: String

    func entry(_ replay: ReplayOutcome) -> ReplayedEntry {
      ReplayedEntry(
        position: position, run: run.number, contract: contract, outcome: outcome,
        engine: run.engine, replay: replay)
    }
  }

  private func recorded(_ position: Int) throws(LedgerAccessFailure) -> Recorded {
    let leaf = try onLedger(name) { () throws(LedgerFailure) in try ledger.leaf(position) }
    // A change of key has no entries.
    guard let run = runs.last(where: { $0.opening.first <= position }) else {
      throw LedgerAccessFailure(.absent("run of entry \(position)"), ledger: name)
    }
    guard let value = canonicalValue(leaf), let contract = value["contract"]?["id"]?.string,
      let digest = value["contract"]?["digest"]?.string, let outcome = value["outcome"]?.string
    else {
      throw LedgerAccessFailure(
        .damaged(place: "entry \(position)", "its leaf is not a result"), ledger: name)
    }
    return Recorded(
      position: position, run: run.opening, leaf: leaf, value: value, contract: contract,
      digest: digest, outcome: outcome)
  }

  /// Performs an entry again with its contract.
  private func perform(
    _ position: Int, _ text: ContractText
  ) throws(LedgerAccessFailure) -> ReplayedEntry {
    let recorded = try recorded(position)
    guard let question = question(of: recorded.value) else {
      return recorded.entry(.refused("its dates are not dates"))
    }
    let editions: Editions
    switch try self.editions(of: recorded.run) {
    case .success(let loaded): editions = loaded
    case .failure(let refusal): return recorded.entry(.refused(refusal.words))
    }
    // Which version judges is decided again as well.
    let ruleset = editions.ruleset(for: text.json, question)
    switch loaded(text, by: ruleset) {
    case .failure(let refusal): return recorded.entry(.refused(refusal.words))
    case .success(let contract):
      let answer = ruleset.answer(contract, question)
      let found = answer.leaf
      if found == recorded.leaf { return recorded.entry(.same) }
      let value = canonicalValue(found)
      let differences = value.map { leafDifferences(recorded.value, $0) } ?? []
      let step = value.flatMap { firstStep(recorded.value, $0, answer) }
      return recorded.entry(.different(differences, step: step))
    }
  }

  /// The recorded ruleset of a run, or its versions.
  func editions(
    of run: RunOpening
  ) throws(LedgerAccessFailure) -> Result<Editions, RefusedRuleset> {
    let digests = run.rulesets.map(\.digest)
    if let known = known[digests] { return known }
    var loaded: [LoadedRuleset] = []
    var found: Result<Editions, RefusedRuleset>?
    for ruleset in run.rulesets where found == nil {
      let files = try onLedger(name) { () throws(LedgerFailure) in
        try ledger.files(of: ruleset, run: run.number)
      }
      switch recordedRuleset(files, digest: ruleset.digest) {
      case .success(let ruleset): loaded.append(ruleset)
      case .failure(let refusal): found = .failure(refusal)
      }
    }
    let result =
      found ?? Editions(inOrder: loaded).map { .success($0) }
      ?? .failure(RefusedRuleset("no ruleset is recorded"))
    known[digests] = result
    return result
  }

  /// A contract as a recorded ruleset reads it.
  func loaded(
    _ text: ContractText, by ruleset: LoadedRuleset
  ) -> Result<LoadedContract, RefusedRuleset> {
    guard let loading = try? ruleset.contract(text, named: "the contract") else {
      return .failure(RefusedRuleset("the contract cannot be read"))
    }
    if let contract = loading.contract { return .success(contract) }
    return .failure(RefusedRuleset("the contract", loading.diagnostics))
  }
}

extension Editions {
  /// The version that judges a contract.
  func ruleset(for bytes: [UInt8], _ question: Question) -> LoadedRuleset {
    rulesets[choose(bytes, named: "the contract", question).position]
  }
}
