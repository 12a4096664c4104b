// What each room imports, against what Package.swift and docs/architecture.md allow it.

import Foundation
import Testing

@Suite struct ImportTests {
  /// The rooms of Package.swift with what each may import.
  private var declared: [(room: String, imports: Set<String>)] {
    let package = Repository.swift.first { $0.path == "Package.swift" }?.text ?? ""
    let everyRoom = quoted(between("let everyRoom = [", "]", in: package))
    let calls = package.components(separatedBy: " room(").dropFirst().filter { piece in
      piece.first { !$0.isWhitespace } == "\""
    }
    return calls.map { piece in
      let call = piece.prefix { $0 != ")" } + between(")", ")", in: piece)
      let names = quoted(String(call))
      let room = "Proviso" + (names.first ?? "")
      let list = between("imports:", "]", in: piece)
      var imports = Set(quoted(list))
      if list.contains("everyRoom") {
        imports.formUnion(everyRoom)
        imports.remove("ProvisoKit")
        imports.remove(room)
      }
      return (room, imports)
    }
  }

  @Test func packageSwiftNamesTheRooms() {
    let rooms = declared.map(\.room)
    #expect(rooms.first == "ProvisoQuantities")
    #expect(rooms.last == "ProvisoCommandLine")
    #expect(rooms.count >= 10)
    let folders = Set(
      Repository.sources.compactMap { file in
        file.path.split(separator: "/").dropFirst().first.map(String.init)
      })
    #expect(folders == Set(rooms + ["proviso"]))
  }

  @Test func roomsImportOnlyWhatTheyMay() {
    for (room, allowed) in declared {
      for (file, module) in imports(of: room) {
        #expect(module != "Foundation", "\(file) imports Foundation")
        if module == "Glibc" {
          #expect(
            ["ProvisoKit", "ProvisoCommandLine"].contains(room),
            "\(file) talks to the operating system")
          continue
        }
        #expect(
          allowed.contains(module), "\(file) imports \(module), which Package.swift does not list")
      }
    }
  }

  @Test func roomsImportAllThatTheyAreGiven() {
    for (room, allowed) in declared {
      let used = Set(imports(of: room).map(\.module))
      for module in allowed.sorted() where !used.contains(module) {
        Issue.record("Package.swift gives \(room) the room \(module), which no file of it imports")
      }
    }
  }

  @Test func nothingOnTheLeftImportsAnythingOnItsRight() {
    let rooms = declared.map(\.room)
    for (position, entry) in declared.enumerated() {
      for module in entry.imports where module.hasPrefix("Proviso") {
        let other = rooms.firstIndex(of: module)
        #expect(other.map { $0 < position } == true, "\(entry.room) imports \(module)")
      }
    }
  }

  @Test func thereIsNoPackageDependency() {
    let package = Repository.swift.first { $0.path == "Package.swift" }?.text ?? ""
    #expect(!package.isEmpty)
    for form in ["url", "path", "name", "id"] {
      #expect(!package.contains(".package(\(form):"))
    }
  }

  private func imports(of room: String) -> [(file: String, module: String)] {
    Repository.sources.filter { $0.path.hasPrefix("Sources/\(room)/") }.flatMap { file in
      file.code.compactMap { line in
        let words = line.split(separator: " ").filter { $0 != "package" && $0 != "public" }
        guard words.first == "import", let module = words.last else { return nil }
        return (file.path, module.split(separator: ".").first.map(String.init) ?? String(module))
      }
    }
  }

  private func between(_ start: String, _ end: String, in text: String) -> String {
    guard let opening = text.range(of: start) else { return "" }
    let rest = text[opening.upperBound...]
    return String(rest[..<(rest.range(of: end)?.lowerBound ?? rest.endIndex)])
  }

  private func quoted(_ text: String) -> [String] {
    let pieces = text.split(separator: "\"", omittingEmptySubsequences: false)
    return pieces.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }
}
