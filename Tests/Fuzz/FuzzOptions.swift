// What the command line of the fuzz driver asks for.

import Glibc
import ProvisoTestSupport

/// The options of one run.
struct FuzzOptions {
  var seed: UInt64 = 1
  /// Cases to run; nil: no limit.
  var count: Int?
  /// Seconds of wall time to run; nil: no limit.
  var seconds: Int?
  /// Processor time one pass of a case may take.
  var limitMilliseconds = 1000
  /// Memory the process may hold at its peak.
  var memoryMegabytes = 1024
  /// Where inputs of failures are saved.
  var folder = "."
  /// The root of the repository, where the corpus lies.
  var root = "."
  /// The property of generated cases to ask instead of mutating inputs; nil: mutate.
  var property: CaseProperty?
  /// Print each case's input instead of running it.
  var shows = false

  static let usage = """
    usage: ProvisoFuzz [--seconds N] [--count N] [--seed S] [--save FOLDER] [--root FOLDER]
                       [--limit-ms N] [--memory-mb N] [--show]
           ProvisoFuzz --property NAME [--seconds N] [--count N] [--seed S]

    Runs mutated rulesets and contracts through the whole pipeline until the time or the count is
    reached. Case number i of a run has the seed S + i; a failure prints the seed of its case, and
    --seed S --count 1 runs it again.
      example: ProvisoFuzz --seconds 60

    With --property it asks one property of generated rulesets and contracts instead: formatting,
    validity, derivations, known-at, unrelated, shift, split, knowledge or waiver.
      example: ProvisoFuzz --property formatting --count 100000

    """

  /// Reads the arguments; nil with a message where they make no sense.
  static func read(_ arguments: [String]) -> FuzzOptions? {
    var options = FuzzOptions()
    var rest = arguments[...]
    while let name = rest.popFirst() {
      if name == "--show" {
        options.shows = true
        continue
      }
      guard let value = rest.popFirst() else { return nil }
      switch name {
      case "--save": options.folder = value
      case "--root": options.root = value
      case "--property":
        guard let property = CaseProperty(rawValue: value) else { return nil }
        options.property = property
      case "--seed":
        guard let seed = UInt64(value) else { return nil }
        options.seed = seed
      default:
        guard let number = Int(value), number >= 0, number < 1 << 40 else { return nil }
        switch name {
        case "--seconds": options.seconds = number
        case "--count": options.count = number
        case "--limit-ms": options.limitMilliseconds = number
        case "--memory-mb": options.memoryMegabytes = number
        default: return nil
        }
      }
    }
    return options
  }
}
