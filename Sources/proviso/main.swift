// The process: everything is in the command line's room.

import ProvisoCommandLine

runProcess()
