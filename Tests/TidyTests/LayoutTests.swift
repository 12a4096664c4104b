// How files look: widths, lengths, first lines, doc comments.

import Testing

@Suite struct LayoutTests {
  @Test func linesAreAtMostAHundredColumns() {
    for file in Repository.swift where !file.path.hasSuffix("Table.swift") {
      // A test may show a long text as it is, on one line or on several.
      let isTest = file.path.hasPrefix("Tests/")
      let code = isTest ? file.code : file.lines
      for (index, line) in code.enumerated() {
        let width = line.lastIndex { $0 != " " }.map { line[...$0].unicodeScalars.count } ?? 0
        if isTest, file.lines[index].contains("\"") { continue }
        if width > 100 { Issue.record("\(file):\(index + 1) is \(width) columns wide") }
      }
    }
  }

  @Test func linesEndWithTheirLastWord() {
    for file in Repository.handwritten where !file.path.hasPrefix("Tests/Corpus") {
      for (index, line) in file.lines.enumerated() where line.hasSuffix(" ") {
        Issue.record("\(file):\(index + 1) ends with a space")
      }
      #expect(file.text.hasSuffix("\n"), "\(file) does not end with a line end")
      // One page is put together from pieces, each of which ends with an empty line.
      if file.path != "docs/diagnostics.md" {
        #expect(!file.text.hasSuffix("\n\n"), "\(file) ends with an empty line")
      }
      if file.path.hasSuffix(".swift") { #expect(!file.text.contains("\t"), "\(file) has a tab") }
    }
  }

  @Test func filesOfTheProductAreAtMost450Lines() {
    for file in Repository.sources where file.lines.count > 451 {
      Issue.record("\(file) has \(file.lines.count - 1) lines: look for a seam")
    }
  }

  @Test func filesBeginWithASentenceThatSaysWhatTheyKeep() {
    for file in Repository.sources + Repository.swift.filter({ $0.path.hasPrefix("Tests/") }) {
      let first = file.lines.first ?? ""
      #expect(
        first.hasPrefix("// ") && first.count > 12,
        "\(file) does not begin with a comment sentence")
      guard file.path.hasPrefix("Sources/") else { continue }
      // The sentence may run over several lines; it ends where the comment does.
      let comment = file.lines.prefix { $0.hasPrefix("//") }
      #expect(
        comment.last?.hasSuffix(".") == true, "the first comment of \(file) is not a sentence")
    }
  }

  @Test func whatOtherRoomsSeeIsDocumented() {
    for file in Repository.sources {
      let lines = file.lines.map { $0.trimmingPrefix(while: { $0 == " " }) }
      let code = file.code.map { $0.trimmingPrefix(while: { $0 == " " }) }
      for (index, line) in code.enumerated() {
        guard let kind = declaredKind(line), !isSelfEvident(kind, line) else { continue }
        var above = index - 1
        while above >= 0, lines[above].hasPrefix("@") { above -= 1 }
        if above < 0 || !lines[above].hasPrefix("///") {
          Issue.record("\(file):\(index + 1) is not documented: \(lines[index])")
        }
      }
    }
  }

  /// The kind of declaration that a line of code makes for other rooms; nil where it makes none.
  private func declaredKind(_ line: Substring) -> Substring? {
    let words = line.split(separator: " ")
    guard let access = words.first, access == "package" || access == "public" else { return nil }
    let modifiers: Set<Substring> = [
      "static", "mutating", "nonmutating", "final", "indirect", "prefix", "postfix", "consuming",
      "borrowing", "override", "convenience", "private(set)", "package(set)", "nonisolated", "lazy",
    ]
    guard let kind = words.dropFirst().first(where: { !modifiers.contains($0) }) else { return nil }
    return kind == "import" ? nil : kind
  }

  /// Declarations whose name and type say all: operators that a protocol asks for, and what it
  /// asks for by a well-known name; a plain list of a value's parts and the way to put it together.
  private func isSelfEvident(_ kind: Substring, _ line: Substring) -> Bool {
    if line.contains("static func <") || line.contains("static func ==") { return true }
    if line.contains("var description: String") || line.contains("func hash(into") { return true }
    // What `SyntaxNode` asks of every node.
    if line.contains("var extent: Extent") { return true }
    if line.contains("init(from decoder") || line.contains("var debugDescription") { return true }
    let isStored = (kind == "let" || kind == "var") && !line.hasSuffix("{")
    return isStored || kind.hasPrefix("init(")
  }
}

extension Substring {
  /// The rest behind the first characters that fit.
  fileprivate func trimmingPrefix(while fits: (Character) -> Bool) -> Substring {
    drop(while: fits)
  }
}
