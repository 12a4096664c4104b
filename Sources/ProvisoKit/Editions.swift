// Versions of one ruleset kept together, and the one that a contract is judged by.

import ProvisoChecker
import ProvisoContracts
package import ProvisoModel
package import ProvisoQuantities
package import ProvisoReports
package import ProvisoSource

/// One ruleset, or all its versions in the order of the days they govern.
package struct Editions: Sendable {
  /// Never empty.
  package let rulesets: [LoadedRuleset]

  /// A ruleset alone.
  package init(_ ruleset: LoadedRuleset) { rulesets = [ruleset] }

  /// Versions that are in order; nil of none.
  init?(inOrder rulesets: [LoadedRuleset]) {
    guard !rulesets.isEmpty else { return nil }
    self.rulesets = rulesets
  }

  /// Whether there is more than one version.
  package var isSeveral: Bool { rulesets.count > 1 }
}

/// What loading the versions of a ruleset gives.
package struct EditionsLoading: Sendable {
  /// The versions; nil where one of them, or something between them, is wrong.
  package let editions: Editions?
  /// Each file with what loading it gave, in the order named.
  package let files: [(name: String, loading: RulesetLoading)]
  /// What is wrong or doubtful between the versions, and the files it points into.
  package let diagnostics: [Diagnostic]
  package let sources: SourceFiles
}

/// Whether a name stands for several versions: a folder, or a file that lists them.
package func isEditions(_ name: String, in files: Files) -> Bool {
  name.hasSuffix(".editions") || files.isFolder(name)
}

/// Loads every version in a folder, or of a list `NAME.editions`: one ruleset file a line, named
/// as seen from the list; `#` begins a comment.
package func loadEditions(
  named name: String, from files: Files
) throws(FileFailure) -> EditionsLoading {
  let isFolder = files.isFolder(name)
  var loadings: [(name: String, loading: RulesetLoading)] = []
  for file in try isFolder ? files.rulesets(under: name) : listedEditions(name, files) {
    let loading = try loadRuleset(named: file, from: files)
    // A file without a ruleset's heading is a part of others, and read with them.
    if isFolder, loading.isFragment { continue }
    loadings.append((file, loading))
  }
  let rulesets = loadings.compactMap(\.loading.ruleset)
  guard !rulesets.isEmpty, rulesets.count == loadings.count else {
    return EditionsLoading(
      editions: nil, files: loadings, diagnostics: [], sources: SourceFiles())
  }
  let check = checkEditions(rulesets.map(\.checked))
  return EditionsLoading(
    editions: check.isInOrder ? Editions(inOrder: check.order.map { rulesets[$0] }) : nil,
    files: loadings,
    diagnostics: check.diagnostics, sources: SourceFiles(check.sources))
}

/// The files that a list of versions names.
private func listedEditions(_ name: String, _ files: Files) throws(FileFailure) -> [String] {
  let bytes = try files.read(name, limitBytes: 1 << 20)
  let folder = splitPath(name).folder
  var found: [String] = []
  for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
    let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else { continue }
    let file = words.joined(separator: " ")
    found.append(file.hasPrefix("/") || folder.isEmpty ? file : folder + "/" + file)
  }
  return found
}

extension Editions {
  /// Which version a contract is judged by, and whether that version is for it.
  ///
  /// Only what `governs` asks is read here: a contract of one version need not be readable by
  /// another. Where nothing is known of the date the last version is asked, which says so; where
  /// no version governs the day, the nearest.
  package func choose(_ bytes: [UInt8], named name: String, _ question: Question) -> EditionChoice {
    guard isSeveral else { return EditionChoice(position: 0, coverage: nil) }
    var unread: Int?
    var unknown: EditionChoice?
    var nearest: EditionChoice?
    for (position, ruleset) in rulesets.enumerated() {
      let file = SourceFile(
        id: SourceID(ruleset.checked.sources.count), name: name, bytes: bytes)
      let reading = readContract(
        file, for: ruleset.checked, only: ruleset.evaluator.governingFields)
      guard let contract = reading.contract else {
        unread = position
        continue
      }
      let coverage = ruleset.evaluator.coverage(
        of: contract, asOf: question.asOf, knownAt: question.knownAt)
      let choice = EditionChoice(position: position, coverage: coverage)
      switch coverage {
      case .governed: return choice
      case .unknown: unknown = choice
      case .notGoverned(let day):
        let from = ruleset.checked.governs?.from
        if nearest == nil || (from.map { $0 <= day } ?? true) { nearest = choice }
      }
    }
    // What could not be read is told by reading it whole.
    if let unread { return EditionChoice(position: unread, coverage: nil) }
    return unknown ?? nearest ?? EditionChoice(position: 0, coverage: nil)
  }

  /// Why a version answers, for whoever reads the answer; nil where there is only one.
  package func note(on choice: EditionChoice) -> EditionNote? {
    guard isSeveral, let coverage = choice.coverage else { return nil }
    let times = times(of: choice.position)
    return EditionNote(
      position: choice.position + 1, count: rulesets.count, subject: times?.subject ?? "?",
      coverage: coverage, from: times?.from, until: times?.until)
  }

  /// The days that a version governs; nil where it governs whatever it is given.
  package func times(
    of position: Int
  ) -> (subject: String, from: CalendarDate?, until: CalendarDate?)? {
    guard rulesets.indices.contains(position), let governs = rulesets[position].checked.governs
    else { return nil }
    let checked = rulesets[position].checked
    let span = checked[governs.date].span
    let subject =
      checked.sources.indices.contains(span.source.index)
      ? checked.sources[span.source.index].text(of: span) : "?"
    return (subject, governs.from, governs.until)
  }
}

/// The version that a contract is judged by.
package struct EditionChoice: Hashable, Sendable {
  /// The position among the versions.
  package let position: Int
  /// Whether it is for the contract; nil where there is one version, or its date cannot be read.
  package let coverage: Coverage?
}

/// What is wrong or doubtful between the versions of one ruleset.
package struct VersionCheck: Sendable {
  package let diagnostics: [Diagnostic]
  package let sources: SourceFiles
  package let isInOrder: Bool
}

/// Checks the rulesets that bear one name and lie in one folder against each other, group by
/// group, in the order in which the names come first.
package func versions(among rulesets: [LoadedRuleset]) -> [VersionCheck] {
  var groups: [(key: String, members: [LoadedRuleset])] = []
  for ruleset in rulesets {
    let key = splitPath(ruleset.fileName).folder + "\n" + ruleset.identity.name
    if let place = groups.firstIndex(where: { $0.key == key }) {
      groups[place].members.append(ruleset)
    } else {
      groups.append((key, [ruleset]))
    }
  }
  return groups.filter { $0.members.count > 1 }.map { group in
    let check = checkEditions(group.members.map(\.checked))
    return VersionCheck(
      diagnostics: check.diagnostics, sources: SourceFiles(check.sources),
      isInOrder: check.isInOrder)
  }
}
