// Lines, columns and spans of any bytes.

import ProvisoSource
import Testing

@Suite("Source files")
struct SourceFileTests {
  @Test("lines and columns are counted from one, in characters and in UTF-16")
  func positions() {
    let file = SourceFile(name: "a", text: "ab\né€𝒳x\r\n\nlast")
    #expect(file.position(at: 0) == SourcePosition(line: 1, column: 1, utf16Column: 0))
    #expect(file.position(at: 2) == SourcePosition(line: 1, column: 3, utf16Column: 2))
    #expect(file.position(at: 3) == SourcePosition(line: 2, column: 1, utf16Column: 0))
    #expect(file.position(at: 5) == SourcePosition(line: 2, column: 2, utf16Column: 1))
    #expect(file.position(at: 8) == SourcePosition(line: 2, column: 3, utf16Column: 2))
    #expect(file.position(at: 12) == SourcePosition(line: 2, column: 4, utf16Column: 4))
    #expect(file.position(at: 15).line == 3)
    #expect(file.position(at: 999).line == 4)
    #expect(file.position(at: -5) == SourcePosition(line: 1, column: 1, utf16Column: 0))
    #expect(file.lineRange(1) == 3..<13)
    #expect(file.lineRange(7) == file.bytes.count..<file.bytes.count)
  }

  @Test("an empty file has one line, and a last line end begins another")
  func edges() {
    #expect(SourceFile(name: "a", text: "").position(at: 0).line == 1)
    #expect(SourceFile(name: "a", text: "x\n").lineStarts == [0, 2])
  }

  @Test(
    "every invalid byte is one column",
    arguments: [
      [UInt8](arrayLiteral: 0xFF), [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5, 0x80],
      [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80, 0x80],
    ])
  func invalid(_ bytes: [UInt8]) {
    let file = SourceFile(id: SourceID(0), name: "a", bytes: bytes)
    #expect(file.position(at: bytes.count).column == bytes.count + 1)
  }

  @Test("spans join within a file, and never run backwards")
  func spans() {
    let first = SourceSpan(source: SourceID(0), start: 5, end: 2)
    #expect(first.end == 5 && first.isEmpty)
    let second = SourceSpan(source: SourceID(0), start: 1, end: 3)
    #expect(first.joined(with: second) == SourceSpan(source: SourceID(0), start: 1, end: 5))
    #expect(first.joined(with: SourceSpan(source: SourceID(1), start: 0, end: 9)) == first)
    #expect(
      SourceFile(name: "a", text: "abc").text(
        of: SourceSpan(source: SourceID(0), start: 1, end: 99)) == "bc")
  }
}
