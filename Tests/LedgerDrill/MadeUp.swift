// A made-up ruleset with its ledger, and results as large as those of a real portfolio.

import ProvisoKit
import ProvisoLedger
import ProvisoSource

/// What the drill records in: a ledger, its key beside it, and a ruleset.
struct Workshop {
  let prepared: PreparedRecording
  let ruleset: LoadedRuleset
  var editions: Editions { Editions(ruleset) }
  let question: Question

  /// What the made-up results are said to be read from.
  static let source = RecordedSource(name: "made up", digest: "sha256:0")

  /// Opens a ledger, or makes it with a key beside it.
  init(_ name: String, resumes: Bool = false) {
    let files = Files()
    let key = name + ".key"
    do {
      if (try? files.key(named: key)) == nil {
        let made = try files.makeKey(
          named: key, for: "drill.example/ledger", seed: [UInt8](repeating: 7, count: 32))
        try files.makeLedger(named: name, key: made, now: Workshop.now)
      }
      prepared = try files.prepareRecording(
        RecordingSettings(ledger: name, key: key, keepsContracts: false, resumes: resumes))
      var text = """
        ruleset made_up "Made up" {
          version "1"
        }

        contract {
          signed : date
        }


        """
      for number in 1...Workshop.conditionCount {
        text += """
          condition condition_\(number) "Signed before 20\(number + 29)" {
            tested    on signed
            requires  signed < 20\(number + 29)-01-01
          }


          """
      }
      let source = SourceFile(id: SourceID(0), name: "drill.proviso", bytes: Array(text.utf8))
      let loading = try loadRuleset(source, from: files)
      guard let loaded = loading.ruleset else {
        fail(loading.diagnostics.map(\.message).joined(separator: "\n"))
      }
      ruleset = loaded
      let day = try readDate("2026-06-30")
      question = Question(asOf: day)
    } catch {
      fail("\(error)")
    }
  }

  static let conditionCount = 12
  static let now = "2026-06-30T09:00:00Z"

  /// A result of twelve conditions, and where its parts begin.
  func result(_ number: Int) -> (leaf: [UInt8], cuts: [Int]) {
    var leaf = Array("{\"asOf\":\"2026-06-30\",\"conditions\":[".utf8)
    var cuts = [leaf.count]
    for condition in 1...Workshop.conditionCount {
      let outcome = ["met", "met", "met", "breached", "undetermined"][number * condition % 5]
      let due = 10 + number * condition % 20
      leaf +=
        "{\"amounts\":[],\"name\":\"condition_\(condition)\",\"outcome\":\"\(outcome)\",\"tests\":["
        .utf8
      leaf += "{\"beneath\":null,\"due\":\"2026-06-\(due)\",\"member\":null,".utf8
      leaf += "\"outcome\":\"\(outcome)\",\"period\":null,\"reasons\":[],".utf8
      leaf += "\"tested\":\"2026-06-30\"}]}\(condition < Workshop.conditionCount ? "," : "")".utf8
      cuts.append(leaf.count)
    }
    let digits = String(number, radix: 16)
    leaf += "],\"contract\":{\"digest\":\"sha256:".utf8
    cuts.append(leaf.count)
    leaf += (String(repeating: "0", count: 64 - digits.utf8.count) + digits).utf8
    leaf += "\",\"id\":\"C\(number)\"".utf8
    cuts.append(leaf.count)
    leaf += "},\"determinations\":[],\"format\":\"proviso-result-1\",".utf8
    leaf += "\"knownAt\":\"2026-06-30\",\"outcome\":\"met\",".utf8
    leaf += "\"ruleset\":\"\(ruleset.identity.digest)\"}".utf8
    cuts.append(leaf.count)
    return (leaf, cuts)
  }
}
