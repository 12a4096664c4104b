// What the product's code does without: ways to crash on input, floating point, talk in the rooms.

import Foundation
import Testing

@Suite struct SafetyTests {
  /// Code, with its place, of every line of the product that has any.
  private static let lines: [(place: String, path: String, code: Substring)] =
    Repository.sources.flatMap { file in
      file.code.enumerated().filter { $0.element.contains { $0 != " " } }
        .map { ("\(file):\($0.offset + 1)", file.path, $0.element) }
    }

  @Test func nothingIsForced() throws {
    let force = try Regex(#"[A-Za-z0-9_\)\]\?>]!(?![=])"#)
    let words = try Regex(#"\b(try!|as!|fatalError|preconditionFailure|unsafelyUnwrapped|unowned)"#)
    for line in Self.lines {
      #expect(line.code.firstMatch(of: force) == nil, "\(line.place) forces a value: \(line.code)")
      #expect(line.code.firstMatch(of: words) == nil, "\(line.place) may crash: \(line.code)")
    }
  }

  @Test func noFloatingPointStandsBetweenAFactAndAVerdict() throws {
    let words = try Regex(#"\b(Double|Float|Float16|Float80|CGFloat|Decimal)\b"#)
    for line in Self.lines {
      #expect(line.code.firstMatch(of: words) == nil, "\(line.place) computes in floating point")
    }
  }

  @Test func overflowIsNeverIgnored() throws {
    let operators = try Regex(#"&[-+*]"#)
    for line in Self.lines {
      #expect(line.code.firstMatch(of: operators) == nil, "\(line.place) ignores an overflow")
    }
  }

  @Test func onlyTheCommandLineTalks() throws {
    let words = try Regex(#"\b(print|debugPrint|dump|NSLog|readLine)\("#)
    for line in Self.lines where !line.path.hasPrefix("Sources/ProvisoCommandLine/") {
      #expect(line.code.firstMatch(of: words) == nil, "\(line.place) talks: \(line.code)")
    }
  }

  @Test func theClockAndChanceStayOutside() throws {
    let words = try Regex(
      #"\b(random|randomElement|shuffled|shuffle|SystemRandomNumberGenerator)\b"#
        + #"|\b(ContinuousClock|SuspendingClock|gettimeofday|clock_gettime|getentropy|time\()"#)
    // One file asks the machine; all others are given a time or a seed.
    for line in Self.lines where line.path != "Sources/ProvisoKit/Surroundings.swift" {
      #expect(line.code.firstMatch(of: words) == nil, "\(line.place) reads a clock or throws dice")
    }
  }

  @Test func uncheckedSendabilityIsArgued() {
    for file in Repository.sources {
      for (index, line) in file.lines.enumerated() where line.contains("@unchecked") {
        let above = file.lines[max(0, index - 3)..<index]
        #expect(
          above.contains { $0.contains("//") },
          "\(file):\(index + 1) says @unchecked without an argument")
      }
    }
  }

  @Test func theScanSeesCodeAndNothingElse() {
    let text = #"""
      let a = "x! \(b! + "y!") z!" // c!
      /* d! */ let e = """
        f! \(g!)
        """
      """#
    let code = codeOnly(text)
    #expect(code.filter { $0 == "!" }.count == 2)
    #expect(code.contains("b!") && code.contains("g!"))
    #expect(code.split(separator: "\n", omittingEmptySubsequences: false).count == 4)
  }
}
