#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace pfind::tests {

/// A file, folder or link of an archive that a test makes.
struct Member {
  std::string name;
  std::string content;
  unsigned type = AE_IFREG;
  std::string target{}; ///< of a link
};

/// How an archive is packed.
struct Packing {
  int format = ARCHIVE_FORMAT_ZIP;
  int filter = ARCHIVE_FILTER_NONE;
  const char* password = nullptr; ///< zip: encrypts what is not a folder
};

inline constexpr Packing k_zip{ARCHIVE_FORMAT_ZIP};
inline constexpr Packing k_tar{ARCHIVE_FORMAT_TAR_PAX_RESTRICTED};
inline constexpr Packing k_tar_gz{ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_GZIP};
inline constexpr Packing k_7z{ARCHIVE_FORMAT_7ZIP};

inline void add(archive* a, const Member& member) {
  archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, member.name.c_str());
  archive_entry_set_filetype(entry, member.type);
  archive_entry_set_perm(entry, 0644);
  if (member.type == AE_IFREG) archive_entry_set_size(entry, static_cast<la_int64_t>(member.content.size()));
  if (member.type == AE_IFLNK) archive_entry_set_symlink(entry, member.target.c_str());
  const bool written = archive_write_header(a, entry) >= ARCHIVE_WARN &&
                       archive_write_data(a, member.content.data(), member.content.size()) >= 0;
  archive_entry_free(entry);
  if (!written) throw std::runtime_error(archive_error_string(a));
}

/// The bytes of an archive. Throws std::runtime_error where libarchive cannot make it.
inline std::string archive_of(const std::vector<Member>& members, const Packing& packing = k_zip) {
  std::size_t room = 1 << 20;
  for (const Member& member : members) room += 2 * member.content.size() + 4096;
  std::string bytes(room, '\0');
  std::size_t size = 0;
  archive* a = archive_write_new();
  archive_write_set_format(a, packing.format);
  archive_write_add_filter(a, packing.filter);
  archive_write_set_bytes_in_last_block(a, 1);
  if (packing.password != nullptr) {
    archive_write_set_options(a, "zip:encryption=traditional");
    archive_write_set_passphrase(a, packing.password);
  }
  if (archive_write_open_memory(a, bytes.data(), bytes.size(), &size) != ARCHIVE_OK)
    throw std::runtime_error(archive_error_string(a));
  for (const Member& member : members) add(a, member);
  if (archive_write_close(a) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(a));
  archive_write_free(a);
  bytes.resize(size);
  return bytes;
}

} // namespace pfind::tests
