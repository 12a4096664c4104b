// How fast results are recorded that a columnar evaluator hands over: outcomes in memory, and the
// exact line of each contract.

import ProvisoKit
import ProvisoLedger
import ProvisoModel
import ProvisoQuantities

/// Records so many results in one run by what each condition came to, and writes a figure a line.
func measureBulk(_ name: String, _ count: Int, figures: String) {
  let workshop = Workshop(name)
  let day = workshop.question.asOf
  let columns = (0..<1 << 16).map { workshop.outcomes($0) }
  var lines = (0..<4096).map { Workshop.line($0) }
  let clock = ContinuousClock()
  do {
    let recording = try clock.measure {
      _ = try Files().record(
        workshop.prepared, by: workshop.editions, workshop.question, source: Workshop.source,
        now: { Workshop.now }, isWaiting: {}
      ) { (recorder) throws(LedgerFailure) in
        var bulk = BulkRecording(workshop.ruleset, asOf: day, knownAt: day, in: recorder)
        // Each condition's outcomes, made once.
        var known: [[SharedCondition]] = []
        for position in 0..<Workshop.conditionCount {
          known.append(
            Workshop.kinds.compactMap { outcome in
              bulk.shared(workshop.verdict(position, outcome, on: day), position: position)
            })
        }
        // Each mix of outcomes, made when it comes for the first time.
        var mixes: [UInt64: SharedConditions] = [:]
        for number in 0..<count {
          let codes = columns[number % columns.count]
          let place = number % lines.count
          // Every contract is another.
          Workshop.renumber(&lines[place], number)
          var mix = mixes[codes]
          if mix == nil {
            mix = bulk.together(Workshop.conditions(codes, known))
            mixes[codes] = mix
          }
          let result: Result<Void, LedgerFailure> = lines[place].withUnsafeBytes { line in
            do throws(LedgerFailure) {
              let id = UnsafeRawBufferPointer(rebasing: line[7..<18])
              let contract = try BulkContract(id: id, line: line)
              if let mix {
                try bulk.record(contract, outcome: .met, together: mix)
              } else {
                let conditions = Workshop.conditions(codes, known).map(BulkCondition.shared)
                try bulk.record(contract, outcome: .met, conditions: conditions)
              }
              return .success(())
            } catch {
              return .failure(error)
            }
          }
          try result.get()
        }
        try bulk.flush()
        return RunEnd(counts: [RunCount(name: "met", count: count)], sourceDigest: nil)
      }
    }
    let text =
      "record-microseconds \(microseconds(recording))\n" + (try hashingFigures(name, lines))
    try Files().write(Array(text.utf8), to: figures)
    print(text)
  } catch {
    fail("\(error)")
  }
}

extension Workshop {
  /// What a condition of the benchmarks' portfolio may come to.
  static let kinds: [Outcome] = [.met, .breached, .undetermined, .notApplicable]

  /// Outcomes as the benchmarks' portfolio has them, two bits a condition: in 20,000 contracts
  /// 8,000 mixes, of twelve bits of information.
  func outcomes(_ number: Int) -> UInt64 {
    var state = UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    return (0..<Workshop.conditionCount).reduce(0) { codes, _ in
      state = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      state = (state ^ state >> 27) &* 0x94D0_49BB_1331_11EB
      state ^= state >> 31
      let code: UInt64 =
        switch state % 100 {
        case 0..<78: 0
        case 78..<90: 1
        case 90..<94: 2
        default: 3
        }
      return codes << 2 | code
    }
  }

  static func conditions(_ codes: UInt64, _ known: [[SharedCondition]]) -> [SharedCondition] {
    known.indices.map { position in
      known[position][Int(codes >> UInt64(2 * (conditionCount - 1 - position)) & 3)]
    }
  }

  func verdict(_ condition: Int, _ outcome: Outcome, on day: CalendarDate) -> ConditionVerdict {
    let reasons =
      outcome == .undetermined
      ? ReasonSet(Reason(.missingFact, subject: "finance.ebitda")) : ReasonSet.none
    return ConditionVerdict(
      condition: ConditionID(condition), outcome: outcome,
      tests: [
        TestVerdict(
          period: nil, member: nil, testDate: day, dueDate: day, outcome: outcome, beneath: nil,
          reasons: reasons, remarks: [], requests: [], derivation: nil)
      ], consequences: [])
  }

  /// A contract as long as those of the benchmarks' portfolio.
  static func line(_ number: Int) -> [UInt8] {
    Array("{\"id\":\"C1000000000\",\"note\":\"".utf8)
      + (0..<720).map { UInt8(truncatingIfNeeded: 0x61 + (number + $0) % 26) } + Array("\"}".utf8)
  }

  static func renumber(_ line: inout [UInt8], _ number: Int) {
    var rest = 1_000_000_000 + number
    for place in (8..<18).reversed() {
      line[place] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
      rest /= 10
    }
  }
}
