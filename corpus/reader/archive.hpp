#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "corpus/reader/decompression.hpp"
#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// How deep in archives something is, and what all of them together have grown to.
struct Nesting {
  int depth = 0;
  std::shared_ptr<Expansion> expansion = std::make_shared<Expansion>();
};

inline constexpr int k_deepest_archive = 2; ///< an archive in an archive
inline constexpr std::size_t k_most_members = 2'000'000;

/// What is told of an archive's members, in their order. Names are fit to be shown and each there once.
struct ArchiveEvents {
  std::function<void(ByteStream& content, const std::string& name)> member; ///< whatever it leaves unread is skipped
  std::function<void(std::string where, std::string reason)> problem;
};

/// Whether `head`, the first bytes of a file, begins a zip, tar or 7-Zip archive.
bool is_archive(std::string_view head);

/// A member's name as it is shown: UTF-8 in one line, with `/` between folders, without a beginning or `..` that leads
/// elsewhere.
std::string shown_member_name(std::string_view stored);

/// Reads an archive's members in a process of its own. Throws ReadError for what ends reading early; what came before
/// stands.
void read_archive(ByteStream& stream, Nesting& nesting, const ArchiveEvents& events);

} // namespace pfind::corpus
