#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace pfind::indexer {

/// Compresses articles: raw deflate streams. Not thread-safe; one per thread.
class Deflater {
public:
  Deflater();
  ~Deflater();
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  /// Appends `text` to `out`, compressed where that is shorter; returns whether it is.
  bool append(std::string_view text, std::string& out);

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace pfind::indexer
