#include <string>

#include "common/entity/names_file.hpp"
#include "common/error.hpp"
#include "common/text/lines.hpp"
#include "tests/fuzz/fuzz.hpp"

using pfind::fuzz::require;

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  try {
    for (const pfind::NamesEntry& entry : pfind::parse_names(pfind::fuzz::text_of(data, size), "names.tsv")) {
      require(entry.line > 0 && !entry.names.empty(), "an entry has a line and a name");
      for (const pfind::ListedName& name : entry.names) require(!name.text.empty(), "a name is not empty");
    }
  } catch (const pfind::UsageError& error) {
    const std::string message = error.what();
    require(message.find("names.tsv") != std::string::npos, "the message names the file");
    require(message.find('\n') == std::string::npos, "the message is one line");
  }
  return 0;
}
