// What cases start from: every ruleset, contract and fenced example of the repository.

import Glibc
import ProvisoContracts
import ProvisoSource

/// One file of the corpus.
struct CorpusFile: Sendable {
  /// The path from the repository's root, with forward slashes.
  let name: String
  let bytes: [UInt8]
}

/// The corpus, in an order that depends on nothing but the names.
struct FuzzCorpus {
  /// Rulesets, plain and literate, and the `proviso` blocks of the documentation.
  var rulesets: [CorpusFile] = []
  /// Contracts, and the `json` blocks of the documentation.
  var contracts: [CorpusFile] = []
  /// Everything a ruleset may read. Lookup only.
  var filesByName: [String: [UInt8]] = [:]

  /// Files beyond this size make cases slow and find nothing that smaller ones do not.
  private static let sizeLimit = 48 << 10

  /// Reads what lies under the root.
  init(root: String) {
    for folder in ["Tests/Corpus", "rulesets", "contracts", "docs"] {
      for name in Self.names(under: "\(root)/\(folder)").sorted() {
        guard let bytes = Self.read(name) else { continue }
        let file = CorpusFile(name: String(name.dropFirst(root.count + 1)), bytes: bytes)
        filesByName[file.name] = bytes
        if bytes.count <= Self.sizeLimit { add(file) }
      }
    }
  }

  private mutating func add(_ file: CorpusFile) {
    if file.name.hasSuffix(".proviso") || file.name.hasSuffix(".proviso.md") {
      rulesets.append(file)
    } else if file.name.hasSuffix(".json") {
      contracts.append(file)
    } else if file.name.hasSuffix(".md") {
      for (index, block) in Self.blocks(of: file.bytes).enumerated() {
        if block.language == "proviso" {
          rulesets.append(
            CorpusFile(name: "\(file.name)-\(index).proviso", bytes: block.bytes))
        } else if block.language == "json" {
          contracts.append(CorpusFile(name: "\(file.name)-\(index).json", bytes: block.bytes))
        }
      }
    }
  }

  /// The fenced blocks of a Markdown page, with the first word of their info string.
  private static func blocks(of page: [UInt8]) -> [(language: String, bytes: [UInt8])] {
    var blocks: [(language: String, bytes: [UInt8])] = []
    var isOpen = false
    for line in page.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: "```".utf8) {
        isOpen.toggle()
        if isOpen {
          let word = line.dropFirst(3).prefix { $0 != 0x20 }
          blocks.append((String(decoding: word, as: UTF8.self), []))
        }
      } else if isOpen, let last = blocks.indices.last {
        blocks[last].bytes += line + [0x0A]
      }
    }
    return blocks
  }

  private static func names(under folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      let path = "\(folder)/\(name)"
      if entry.pointee.d_type == UInt8(DT_DIR) {
        names += Self.names(under: path)
      } else {
        names.append(path)
      }
    }
    return names
  }

  /// A file's bytes; nil where it cannot be read.
  static func read(_ name: String) -> [UInt8]? {
    guard let file = fopen(name, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}

extension FuzzJSON {
  /// The tree of a JSON text; nil for text that is none.
  init?(_ bytes: [UInt8]) {
    guard let document = JSONReader.read(bytes).document else { return nil }
    self.init(document, document.root)
  }

  private init(_ document: JSONDocument, _ id: JSONNodeID) {
    switch document[id].kind {
    case .array: self = .array(document.elements(of: id).map { FuzzJSON(document, $0) })
    case .object:
      self = .object(
        document.members(of: id).map { member in
          Member(
            key: Array(document.bytes[document[member.key].range]),
            value: FuzzJSON(document, member.value))
        })
    default: self = .scalar(Array(document.bytes[document[id].range]))
    }
  }
}
