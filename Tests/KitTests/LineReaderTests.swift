// Reading line by line, and writing a file that appears whole or not at all.

import Foundation
import ProvisoKit
import Testing

@Suite struct LineReaderTests {
  private func lines(_ text: String, limit: Int = 100) throws -> [String] {
    try lines(LineReader(Array(text.utf8), named: "x", limitBytes: limit))
  }

  private func lines(_ reader: LineReader) throws -> [String] {
    var found: [String] = []
    while let line = try reader.next() {
      switch line {
      case .line(let number, let bytes):
        found.append("\(number):\(String(decoding: bytes, as: UTF8.self))")
      case .tooLong(let number): found.append("\(number) too long")
      case .broken(let number, let reason): found.append("\(number) \(reason)")
      }
    }
    return found
  }

  @Test func `lines with and without a last line end`() throws {
    #expect(try lines("") == [])
    #expect(try lines("a") == ["1:a"])
    #expect(try lines("a\n") == ["1:a"])
    #expect(try lines("a\n\nb\n") == ["1:a", "2:", "3:b"])
    #expect(try lines("a\r\nb") == ["1:a\r", "2:b"])
  }

  @Test func `a line over the limit is passed over, and the rest is read`() throws {
    let long = String(repeating: "x", count: 11)
    #expect(try lines("a\n\(long)\nb", limit: 10) == ["1:a", "2 too long", "3:b"])
    #expect(try lines("a\n\(long)", limit: 10) == ["1:a", "2 too long"])
  }

  @Test func `lines across the pieces that are read`() throws {
    let folder = try ScratchFolder()
    let line = String(repeating: "y", count: 100_000)
    let text = (0..<12).map { "\($0)\(line)\n" }.joined() + "end"
    try text.write(
      toFile: folder.path + "/long", atomically: true, encoding: .utf8)
    let found = try lines(LineReader("long", from: folder.files))
    #expect(found.count == 13)
    #expect(found[11] == "12:11\(line)" && found[12] == "13:end")
    let cut = try lines(LineReader("long", from: folder.files, limitBytes: 50_000))
    #expect(cut == (1...12).map { "\($0) too long" } + ["13:end"])
  }

  @Test func `a draft appears when it is finished`() throws {
    let folder = try ScratchFolder()
    do {
      let draft = try FileDraft("table.csv", in: folder.files)
      try draft.write("a,b\n")
      #expect(try folder.files.names(in: ".") == [])
      try draft.finish()
    }
    #expect(try folder.files.read("table.csv", limitBytes: 100) == Array("a,b\n".utf8))
    do {
      let given = try FileDraft("table.csv", in: folder.files)
      try given.write("never")
    }
    #expect(try folder.files.read("table.csv", limitBytes: 100) == Array("a,b\n".utf8))
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left == ["table.csv"])
  }
}
