#pragma once

namespace pfind {

/// From here on a crash of the program (an invalid access, an abort) is an error like others: one line on standard
/// error and exit status 2. Xapian may crash on a damaged database. `program`: its name, of static storage. Not under
/// the address sanitizer, which tells more.
void report_crashes(const char* program);

} // namespace pfind
