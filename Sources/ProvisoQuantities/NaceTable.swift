// NACE Rev. 2: every section, division, group and class, written as the tree they form.

// Source: Eurostat, NACE Rev. 2 (Regulation (EC) No 1893/2006, Annex I), reuse free with source
// named.

/// The classification: a line `# SECTION title`, then one line for each of its divisions.
///
/// `01 1:1234569 3:0` is division 01 with the groups 01.1 (classes 01.11 to 01.16 and 01.19) and
/// 01.3 (class 01.30). Together 21 sections, 88 divisions, 272 groups and 615 classes.
let naceTable = """
  # A Agriculture, forestry and fishing
  01 1:1234569 2:123456789 3:0 4:12345679 5:0 6:1234 7:0
  02 1:0 2:0 3:0 4:0
  03 1:12 2:12
  # B Mining and quarrying
  05 1:0 2:0
  06 1:0 2:0
  07 1:0 2:19
  08 1:12 9:1239
  09 1:0 9:0
  # C Manufacturing
  10 1:123 2:0 3:129 4:12 5:12 6:12 7:123 8:1234569 9:12
  11 0:1234567
  12 0:0
  13 1:0 2:0 3:0 9:1234569
  14 1:12349 2:0 3:19
  15 1:12 2:0
  16 1:0 2:12349
  17 1:12 2:12349
  18 1:1234 2:0
  19 1:0 2:0
  20 1:1234567 2:0 3:0 4:12 5:1239 6:0
  21 1:0 2:0
  22 1:19 2:1239
  23 1:12349 2:0 3:12 4:12349 5:12 6:123459 7:0 9:19
  24 1:0 2:0 3:1234 4:123456 5:1234
  25 1:12 2:19 3:0 4:0 5:0 6:12 7:123 9:12349
  26 1:12 2:0 3:0 4:0 5:12 6:0 7:0 8:0
  27 1:12 2:0 3:123 4:0 5:12 9:0
  28 1:12345 2:123459 3:0 4:19 9:1234569
  29 1:0 2:0 3:12
  30 1:12 2:0 3:0 4:0 9:129
  31 0:1239
  32 1:123 2:0 3:0 4:0 5:0 9:19
  33 1:12345679 2:0
  # D Electricity, gas, steam and air conditioning supply
  35 1:1234 2:123 3:0
  # E Water supply; sewerage, waste management and remediation activities
  36 0:0
  37 0:0
  38 1:12 2:12 3:12
  39 0:0
  # F Construction
  41 1:0 2:0
  42 1:123 2:12 9:19
  43 1:123 2:129 3:12349 9:19
  # G Wholesale and retail trade; repair of motor vehicles and motorcycles
  45 1:19 2:0 3:12 4:0
  46 1:123456789 2:1234 3:123456789 4:123456789 5:12 6:1234569 7:1234567 9:0
  47 1:19 2:1234569 3:0 4:123 5:12349 6:12345 7:123456789 8:129 9:19
  # H Transportation and storage
  49 1:0 2:0 3:129 4:12 5:0
  50 1:0 2:0 3:0 4:0
  51 1:0 2:12
  52 1:0 2:12349
  53 1:0 2:0
  # I Accommodation and food service activities
  55 1:0 2:0 3:0 9:0
  56 1:0 2:19 3:0
  # J Information and communication
  58 1:12349 2:19
  59 1:1234 2:0
  60 1:0 2:0
  61 1:0 2:0 3:0 9:0
  62 0:1239
  63 1:12 9:19
  # K Financial and insurance activities
  64 1:19 2:0 3:0 9:129
  65 1:12 2:0 3:0
  66 1:129 2:129 3:0
  # L Real estate activities
  68 1:0 2:0 3:12
  # M Professional, scientific and technical activities
  69 1:0 2:0
  70 1:0 2:12
  71 1:12 2:0
  72 1:19 2:0
  73 1:12 2:0
  74 1:0 2:0 3:0 9:0
  75 0:0
  # N Administrative and support service activities
  77 1:12 2:129 3:123459 4:0
  78 1:0 2:0 3:0
  79 1:12 9:0
  80 1:0 2:0 3:0
  81 1:0 2:129 3:0
  82 1:19 2:0 3:0 9:129
  # O Public administration and defence; compulsory social security
  84 1:123 2:12345 3:0
  # P Education
  85 1:0 2:0 3:12 4:12 5:1239 6:0
  # Q Human health and social work activities
  86 1:0 2:123 9:0
  87 1:0 2:0 3:0 9:0
  88 1:0 9:19
  # R Arts, entertainment and recreation
  90 0:1234
  91 0:1234
  92 0:0
  93 1:1239 2:19
  # S Other service activities
  94 1:12 2:0 9:129
  95 1:12 2:123459
  96 0:12349
  # T Activities of households as employers; undifferentiated goods- and \
  services-producing activities of households for own use
  97 0:0
  98 1:0 2:0
  # U Activities of extraterritorial organisations and bodies
  99 0:0
  """
