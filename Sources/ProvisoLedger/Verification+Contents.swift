// Verifying what is kept: contracts, and the texts of rulesets.

import ProvisoLog

extension LedgerVerifier {
  /// Every content against its digest, and each run's rulesets.
  mutating func checkContents() throws(LedgerFailure) {
    do throws(LedgerFailure) {
      try walkContents()
    } catch {
      try note(error)
    }
    for number in runs.keys.sorted() {
      guard let opening = runs[number]?.opening else { continue }
      do throws(LedgerFailure) {
        try checkRulesets(of: opening)
      } catch {
        try note(error, run: number)
      }
    }
  }

  private mutating func walkContents() throws(LedgerFailure) {
    let statement = try ledger.database.prepare(
      "SELECT id, digest, form, bytes, seal FROM contents ORDER BY id")
    var digests: Set<LogHash> = []
    while try statement.step() {
      let number = try statement.integer(0, "a content")
      let place = "content \(number)"
      result.contentCount += 1
      if number != result.contentCount {
        wrong("content \(result.contentCount)", "it is missing")
        result.contentCount = max(result.contentCount, min(number, 1 << 40))
      }
      let form = try statement.integer(2, place)
      let stored = try statement.bytes(3, place)
      let seal = LogHash(try statement.bytes(4, place))
      guard let digest = LogHash(try statement.bytes(1, place)) else {
        wrong(place, "its digest is not one")
        continue
      }
      if !digests.insert(digest).inserted { wrong(place, "it is kept twice") }
      let sealed = try hash { (hasher) throws(CryptoFailure) in
        try contentSeal(form, stored, hasher)
      }
      guard let known = ContentForm(rawValue: form), sealed == seal,
        let bytes = unpacked(stored, form: known),
        try hash({ (hasher) throws(CryptoFailure) in try hasher.plain(bytes) }) == digest
      else {
        wrong(place, "its bytes are not those of its digest")
        continue
      }
    }
  }

  /// The digest over the files that a run names, against the ruleset's own.
  private mutating func checkRulesets(of opening: RunOpening) throws(LedgerFailure) {
    for ruleset in opening.rulesets {
      let files = try ledger.files(of: ruleset, run: opening.number)
      let bytes = rulesetDigestBytes(files)
      let digest = try hash { (hasher) throws(CryptoFailure) in try hasher.plain(bytes) }
      if "sha256:" + digest.hex != ruleset.digest {
        wrong(
          "run \(opening.number)", "the ruleset that is kept is not that of its digest",
          run: opening.number)
      }
    }
  }

  /// Whether something refers to every content.
  mutating func checkReferences() {
    guard areEntriesWalked, referredContents < result.contentCount else { return }
    wrong("content \(referredContents + 1)", "nothing refers to it")
  }
}

/// What is hashed for a ruleset's digest: a line that names the form, and each file's name and
/// bytes, in the order of reading, each behind its length as eight bytes.
package func rulesetDigestBytes(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
  var bytes = Array("proviso-ruleset-1\n".utf8)
  for file in files {
    for part in [Array(file.name.utf8), file.bytes] {
      let length = UInt64(part.count)
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: length >> UInt64(shift)))
      }
      bytes += part
    }
  }
  return bytes
}
