// Ledgers for tests: made-up results that look like real ones, and the file beneath.

import CSQLite
import Foundation
import ProvisoLog

@testable import ProvisoLedger

/// Whether everything is to be tried, as `make torture` asks, and not a slice of it.
let isTorture = ProcessInfo.processInfo.environment["PROVISO_TORTURE"] != nil

/// A ledger in a folder of its own, which goes with it.
final class SmallLedger {
  let folder: URL
  var path: String { folder.appendingPathComponent("small.ledger").path }
  /// The key that signs now.
  private(set) var key: SigningKey

  static let now = "2026-06-30T09:00:00Z"
  static let ruleset: [(name: String, bytes: [UInt8])] = [
    ("ruleset.proviso", Array("ruleset \"made up\"\n".utf8)),
    ("lists/one.csv", Array(String(repeating: "country,from\n", count: 40).utf8)),
  ]

  init(schema: Schema = .current, pageSize: Ledger.PageSize = .small) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("proviso-ledger-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    key = try SmallLedger.key()
    try Ledger.create(
      path: path,
      record: LedgerRecord(key: key.verifier, created: SmallLedger.now, engine: "0.0.0"),
      key: key, schema: schema, pageSize: pageSize)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  static func key(_ name: String = "test.example/ledger", _ byte: UInt8 = 7) throws -> SigningKey {
    struct NoKey: Error {}
    guard let key = try SigningKey(name: name, seed: [UInt8](repeating: byte, count: 32)) else {
      throw NoKey()
    }
    return key
  }

  static func subject(
    keeps: Bool = false, asOf: String = "2026-06-30", engine: String = "0.0.0",
    versions: Int = 1, source: String? = "sha256:5"
  ) throws -> RunSubject {
    RunSubject(
      asOf: asOf, knownAt: asOf, engine: engine, keepsContracts: keeps,
      rulesets: try (1...versions).map { version in
        SubjectRuleset(
          name: "made_up", version: "\(version)", digest: try rulesetDigest(version),
          files: files(version))
      },
      source: "made-up.jsonl", sourceDigest: source, started: now)
  }

  /// The files of a version of the made-up ruleset.
  static func files(_ version: Int) -> [(name: String, bytes: [UInt8])] {
    var files = ruleset
    if version > 1 { files[0].bytes += Array("# version \(version)\n".utf8) }
    return files
  }

  static func rulesetDigest(_ version: Int = 1) throws -> String {
    "sha256:" + (try TreeHasher().plain(rulesetDigestBytes(files(version)))).hex
  }

  /// The bytes of a contract.
  static func contract(_ number: Int) -> [UInt8] {
    Array(
      "{\"id\":\"C\(number)\",\"note\":\"\(String(repeating: "x", count: number % 50 * 4))\"}".utf8)
  }

  /// A result in its canonical form, and where its parts begin.
  static func leaf(
    _ number: Int, asOf: String = "2026-06-30", version: Int = 1
  ) throws -> (bytes: [UInt8], cuts: [Int]) {
    var text = "{\"asOf\":\"\(asOf)\",\"conditions\":["
    var cuts = [text.utf8.count]
    for condition in 1...3 {
      let outcome = ["met", "met", "breached", "undetermined"][(number * condition) % 4]
      let due = 10 + (number * condition) % 3
      text +=
        "{\"amounts\":[],\"name\":\"condition_\(condition)\",\"outcome\":\"\(outcome)\",\"tests\":["
      text +=
        "{\"beneath\":null,\"due\":\"2026-06-\(due)\",\"member\":null,\"outcome\":\"\(outcome)\","
      text += "\"period\":null,\"reasons\":[],\"tested\":\"\(asOf)\"}]}"
      if condition < 3 { text += "," }
      cuts.append(text.utf8.count)
    }
    let digest = try TreeHasher().plain(contract(number)).hex
    text += "],\"contract\":{\"digest\":\"sha256:"
    cuts.append(text.utf8.count)
    text += digest
    cuts.append(text.utf8.count)
    text += "\",\"id\":\""
    cuts.append(text.utf8.count)
    text += "C\(number)\"}"
    cuts.append(text.utf8.count)
    text += ",\"determinations\":[],\"format\":\"proviso-result-1\",\"knownAt\":\"\(asOf)\","
    text += "\"outcome\":\"\(["met", "breached"][number % 2])\","
    text += "\"ruleset\":\"\(try rulesetDigest(version))\"}"
    cuts.append(text.utf8.count)
    return (Array(text.utf8), cuts)
  }

  /// Records a run of results.
  @discardableResult
  func record(
    _ numbers: Range<Int>, keeps: Bool = false, isClosed: Bool = true
  ) throws -> Int {
    let recorder = try Recorder(
      path: path, key: key, SmallLedger.subject(keeps: keeps), now: SmallLedger.now)
    for number in numbers {
      let leaf = try SmallLedger.leaf(number)
      try recorder.record(
        leaf.bytes, cuts: leaf.cuts, contract: keeps ? SmallLedger.contract(number) : nil)
    }
    if isClosed {
      _ = try recorder.close(
        counts: [RunCount(name: "met", count: numbers.count)], sourceDigest: "sha256:00",
        ended: SmallLedger.now)
    }
    return recorder.number
  }

  /// Brings another key of the same name into use; the number of the change.
  @discardableResult
  func changeKey(_ byte: UInt8) throws -> Int {
    let new = try SmallLedger.key(key.verifier.name, byte)
    let number = try open(.write).change(
      key: key, to: new, engine: "0.0.0", now: SmallLedger.now)
    key = new
    return number
  }

  func open(_ access: DatabaseAccess = .read) throws -> Ledger { try Ledger(path: path, access) }

  /// Everything that verifying finds, in the rows and between them.
  func verify(_ knowledge: VerificationKnowledge = VerificationKnowledge()) -> VerificationResult {
    SmallLedger.verify(path, knowledge)
  }

  static func verify(_ path: String, _ knowledge: VerificationKnowledge) -> VerificationResult {
    var result = VerificationResult()
    do {
      result = try Ledger(path: path, .read).verify(knowledge)
    } catch {
      result.add(LedgerFinding(.wrong, "the file", "\(error)"))
    }
    let bytes = (try? Data(contentsOf: URL(fileURLWithPath: path))).map { Array($0) } ?? []
    let pages = FilePages(byteCount: bytes.count) { offset, count in
      offset >= 0 && offset + count <= bytes.count ? Array(bytes[offset..<offset + count]) : nil
    }
    for finding in walkPages(of: pages, writtenBy: result.sqliteVersions) { result.add(finding) }
    return result
  }

  /// Runs statements on the file, as an attacker would.
  func attack(_ statements: String) throws {
    struct Refused: Error { let words: String }
    var database: OpaquePointer?
    sqlite3_open(path, &database)
    defer { sqlite3_close(database) }
    guard sqlite3_exec(database, statements, nil, nil, nil) == SQLITE_OK else {
      throw Refused(words: String(cString: sqlite3_errmsg(database)))
    }
  }

  /// What a query gives first, as text.
  func ask(_ query: String) -> String? {
    var database: OpaquePointer?
    sqlite3_open(path, &database)
    defer { sqlite3_close(database) }
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(database, query, -1, &statement, nil) == SQLITE_OK else { return nil }
    defer { sqlite3_finalize(statement) }
    guard sqlite3_step(statement) == SQLITE_ROW, let text = sqlite3_column_text(statement, 0) else {
      return nil
    }
    return String(cString: text)
  }

  func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

  func write(_ bytes: [UInt8]) throws {
    for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }
}

/// Numbers that a seed decides (SplitMix64).
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((value ^ (value >> 31)) % UInt64(limit))
  }
}
