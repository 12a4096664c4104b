// SQLite keeps a ledger's rows in one file.
#include <sqlite3.h>
