#pragma once

#include <string>
#include <string_view>

namespace pfind::corpus::xml {

/// Mends, piece by piece, what XML files get wrong about `&` and what no parser would forgive: bare ampersands
/// ("AT&T"), the entities of HTML (`&nbsp;`), references to control characters (`&#3;`). No other entity is left in the
/// text, so that none is ever expanded.
class Repair {
public:
  /// The mended text of `piece` as far as it can be decided on, with what was kept back of the pieces before it. The
  /// last piece is `final`. Valid until the next call.
  std::string_view mend(std::string_view piece, bool final);

private:
  std::size_t mend_reference(std::size_t at);

  std::string pending_;
  std::string mended_;
  bool in_cdata_ = false;
  bool begun_ = false;
};

} // namespace pfind::corpus::xml
