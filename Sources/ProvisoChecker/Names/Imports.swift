// Reading files: the root, its imports, and the data files that declarations name.

import ProvisoModel
import ProvisoSource
import ProvisoSyntax

/// Resolves a path against the file that names it: forward slashes, no `.`, `..` only in front.
func resolvedPath(_ path: String, from including: String) -> String {
  let isAbsolute = path.utf8.first == UInt8(ascii: "/")
  var parts: [Substring] = []
  if !isAbsolute {
    parts = including.split(separator: "/", omittingEmptySubsequences: true).dropLast()
  }
  let isRooted = isAbsolute || including.utf8.first == UInt8(ascii: "/")
  for part in path.split(separator: "/", omittingEmptySubsequences: true) {
    switch part {
    case ".": continue
    case ".." where parts.isEmpty && isRooted: continue
    case "..":
      if let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    default: parts.append(part)
    }
  }
  return (isRooted ? "/" : "") + parts.joined(separator: "/")
}

extension Checking {
  /// The most files one ruleset may read.
  static let fileLimit = 256

  /// A file named in a declaration, read once however often it is named; nil after a report.
  func file(_ path: StringSyntax) -> SourceFile? {
    guard !path.isMissing else { return nil }
    let including = sources[path.span.source.index].name
    let name = resolvedPath(path.text, from: including)
    if let known = sourceIDs[name] { return sources[known.index] }
    guard sources.count < Checking.fileLimit else {
      report(
        NamePages.importNotRead, "`\(path.text)` is one file too many", at: path.span,
        help: ["a ruleset reads at most \(Checking.fileLimit) files"])
      return nil
    }
    switch path.text.isEmpty ? .notFound : load(name) {
    case .bytes(let bytes):
      let source = SourceFile(id: SourceID(sources.count), name: name, bytes: bytes)
      sourceIDs[name] = source.id
      sources.append(source)
      return source
    case .notFound:
      report(
        NamePages.importNotRead, "the file `\(path.text)` does not exist", at: path.span,
        "looked for as `\(name)`",
        help: ["paths are relative to the folder of the file that names them"])
    case .unreadable(let reason):
      report(
        NamePages.importNotRead, "the file `\(path.text)` cannot be read: \(reason)",
        at: path.span, "looked for as `\(name)`")
    }
    return nil
  }

  /// Parses the root and everything it imports, depth first, and lines up the declarations.
  ///
  /// An explicit stack, so that a long line of imports needs no call depth.
  func readDeclarations() {
    sourceIDs[resolvedPath(root.name, from: "")] = root.id
    var finished: Set<Int> = []
    var stack = [Visit(source: root.id, declarations: parsed(root)[...])]
    while let visit = stack.last {
      guard let declaration = visit.declarations.first else {
        finished.insert(visit.source.index)
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].declarations = visit.declarations.dropFirst()
      switch declaration {
      case .import(let node):
        guard let source = file(node.path) else { continue }
        if let start = stack.firstIndex(where: { $0.source == source.id }) {
          reportCycle(stack[start...].map(\.source), at: node)
        } else if !finished.contains(source.id.index) {
          stack.append(Visit(source: source.id, declarations: parsed(source)[...]))
        }
      case .ruleset(let node): keep(header: node, isRoot: visit.source == root.id)
      default: declarations.append(declaration)
      }
    }
    if header == nil {
      report(
        NamePages.noHeader, "this ruleset has no header",
        at: SourceSpan(source: root.id, start: 0, end: 0),
        "expected `ruleset NAME \"title\" { … }`",
        help: ["begin with `ruleset NAME \"title\" { version \"1\" }`"])
    }
  }

  private struct Visit {
    let source: SourceID
    var declarations: ArraySlice<DeclarationSyntax>
  }

  private func parsed(_ source: SourceFile) -> [DeclarationSyntax] {
    let parsed = parse(source)
    for diagnostic in parsed.diagnostics {
      if diagnostic.severity == .error { hasError = true }
      if mayReport { diagnostics.append(diagnostic) }
    }
    return parsed.tree.declarations
  }

  private func keep(header node: RulesetHeaderSyntax, isRoot: Bool) {
    if isRoot, header == nil {
      header = node
      return
    }
    report(
      NamePages.secondHeader,
      isRoot ? "a ruleset has one header" : "an imported file has no header of its own",
      at: node.name.span, isRoot ? "a second header" : "a header in an imported file",
      also: header.map { [LabelledSpan($0.name.span, "the ruleset's header")] } ?? [],
      help: [
        isRoot
          ? "join the two headers" : "move what both rulesets share into a file without a header"
      ])
  }

  private func reportCycle(_ files: [SourceID], at node: ImportSyntax) {
    let path = (files + files.prefix(1)).map { "`\(sources[$0.index].name)`" }
    report(
      NamePages.importCycle, "these files import each other: \(path.joined(separator: " → "))",
      at: node.path.span, "closes the circle",
      help: ["move what both files need into a third file and import that"])
  }
}
