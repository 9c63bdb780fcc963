#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// What is told of an archive's members, in their order.
struct MemberEvents {
  std::function<void(std::string_view name)> begin; ///< a regular file's bytes follow; its name as stored, anything
  std::function<void(std::string_view bytes)> data;
  std::function<void()> end;
  std::function<void(std::string_view reason)> error; ///< instead of `end`: the rest of the member cannot be read
  /// Members that cannot be read at all, the first of them by name.
  std::function<void(const std::vector<std::string>& names, std::string_view reason)> skipped;
};

/// Reads the members of a zip, tar or 7-Zip archive. Folders, links, devices, hidden files and what systems leave in
/// archives (__MACOSX, Thumbs.db) are passed over. Nothing is ever written anywhere. An archive on disk is read where
/// its directory says; of a stream, zip and 7-Zip archives are held in memory up to a limit. Throws ReadError where the
/// archive is damaged; what came before stands.
void for_each_member(ByteStream& stream, const MemberEvents& events);

} // namespace pfind::corpus
