// Spells of a dated list whose first or last day is known only as "not before".

import ProvisoModel
import ProvisoQuantities
import Testing

@Suite("Spells with an end that is not known yet")
struct OpenEndedSpellTests {
  private func day(_ text: String) throws -> CalendarDate {
    try #require(CalendarDate(iso: text))
  }

  private func truth(_ spell: Spell, _ begin: String, _ end: String) throws -> Truth {
    spell.meets(from: try day(begin), to: try day(end))
  }

  @Test("an end not before a day leaves that day and all later ones open")
  func end() throws {
    let spell = Spell(
      from: try day("2017-12-19"), until: try day("2026-02-17"), isUntilEarliest: true)
    #expect(try truth(spell, "2017-12-18", "2017-12-18") == .false)
    #expect(try truth(spell, "2017-12-19", "2017-12-19") == .true)
    #expect(try truth(spell, "2026-02-16", "2026-02-16") == .true)
    #expect(try truth(spell, "2026-02-17", "2026-02-17") == .unknown)
    #expect(try truth(spell, "2026-02-16", "2027-01-01") == .true)
    #expect(try truth(spell, "2030-01-01", "2030-01-01") == .unknown)
  }

  @Test("a beginning not before a day leaves the days from there to the end open")
  func beginning() throws {
    let spell = Spell(
      from: try day("2026-02-17"), until: try day("2026-10-09"), isFromEarliest: true)
    #expect(try truth(spell, "2026-02-16", "2026-02-16") == .false)
    #expect(try truth(spell, "2026-02-17", "2026-02-17") == .unknown)
    #expect(try truth(spell, "2026-10-08", "2026-10-08") == .unknown)
    #expect(try truth(spell, "2026-10-09", "2026-10-09") == .false)
    #expect(try truth(spell, "2020-01-01", "2030-01-01") == .unknown)
  }

  @Test("known ends stay half-open, and a reversed stretch meets nothing")
  func known() throws {
    let spell = Spell(from: try day("2020-02-27"), until: try day("2020-10-07"))
    #expect(try truth(spell, "2020-10-06", "2020-10-06") == .true)
    #expect(try truth(spell, "2020-10-07", "2020-10-07") == .false)
    #expect(try truth(spell, "2020-10-06", "2020-03-01") == .false)
    #expect(try truth(Spell(from: nil, until: nil), "0001-01-01", "0001-01-01") == .true)
  }
}
