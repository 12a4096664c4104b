// Words that do not belong in what we hand over, links that lead nowhere, versions that disagree.

import Foundation
import Testing

@Suite struct WordsTests {
  @Test func nothingIsLeftForLater() throws {
    // Put together here, so that this file does not contain them.
    let markers = ["TO" + "DO", "FIX" + "ME", "HA" + "CK"]
    let phrases = ["not imple" + "mented", "place" + "holder", "coming " + "soon", "st" + "ub"]
    let upper = try Regex("\\b(" + markers.joined(separator: "|") + ")\\b")
    let any = try Regex("\\b(" + phrases.joined(separator: "|") + ")\\b").ignoresCase()
    for file in Repository.handwritten {
      for (index, line) in file.lines.enumerated() {
        let isLeft = line.firstMatch(of: upper) != nil || line.firstMatch(of: any) != nil
        #expect(!isLeft, "\(file):\(index + 1) leaves something for later: \(line)")
      }
    }
  }

  @Test func noMachineIsNamed() {
    let roots = ["home", "root", "work", "Users", "mnt"].map { "/" + $0 + "/" }
    for file in Repository.handwritten {
      for (index, line) in file.lines.enumerated() {
        for root in roots
        where line.contains(" " + root) || line.contains("\"" + root)
          || line.contains("`" + root) || line.contains("(" + root)
        {
          Issue.record("\(file):\(index + 1) names a place on some machine: \(line)")
        }
      }
    }
  }

  @Test func linksLeadSomewhere() throws {
    let link = try Regex(#"\]\(([^)\s]+)\)"#)
    var headings: [String: Set<String>] = [:]
    for page in Repository.pages { headings[page.path] = anchors(of: page) }
    for page in Repository.pages {
      var isFenced = false
      for (index, line) in page.lines.enumerated() {
        if line.hasPrefix("```") { isFenced.toggle() }
        if isFenced { continue }
        for match in line.matches(of: link) {
          guard let target = match.output[1].substring.map(String.init) else { continue }
          if target.contains("://") || target.hasPrefix("mailto:") { continue }
          let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
          let path = parts[0].isEmpty ? page.path : resolved(String(parts[0]), from: page.path)
          let isThere = FileManager.default.fileExists(
            atPath: Repository.root.appendingPathComponent(path).path)
          #expect(isThere, "\(page):\(index + 1) links to \(target), which is not there")
          if parts.count == 2, let known = headings[path] {
            #expect(
              known.contains(String(parts[1])),
              "\(page):\(index + 1) links to \(target), and that page has no such heading")
          }
        }
      }
    }
  }

  @Test func theChangelogKnowsTheVersion() throws {
    let changelog = Repository.pages.first { $0.path == "CHANGELOG.md" }
    let version = Repository.sources.first { $0.path == "Sources/ProvisoKit/Version.swift" }
    let number = try Regex(#"\d+\.\d+\.\d+"#)
    let newest = changelog?.lines.first { $0.hasPrefix("## ") }?.firstMatch(of: number)?.0
    let built = version?.text.firstMatch(of: number)?.0
    #expect(newest != nil)
    #expect(newest == built)
  }

  /// The names by which a page's headings are linked to: small letters, dashes, nothing else.
  private func anchors(of page: ProjectFile) -> Set<String> {
    var found: Set<String> = []
    var counts: [String: Int] = [:]
    var isFenced = false
    for line in page.lines {
      if line.hasPrefix("```") { isFenced.toggle() }
      guard !isFenced, line.hasPrefix("#") else { continue }
      let title = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
      var anchor = ""
      for character in title {
        if character.isLetter || character.isNumber || "-_".contains(character) {
          anchor.append(character)
        } else if character == " " {
          anchor.append("-")
        }
      }
      let count = counts[anchor, default: 0]
      counts[anchor] = count + 1
      found.insert(count == 0 ? anchor : "\(anchor)-\(count)")
    }
    return found
  }

  private func resolved(_ target: String, from page: String) -> String {
    var parts = page.split(separator: "/").dropLast().map(String.init)
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}
